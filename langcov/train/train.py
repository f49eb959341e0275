"""A tokenizer for some languages, trained so that the most expensive one is as cheap as can be."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from langcov.core.arrays import Ints
from langcov.corpora import Corpus
from langcov.corpora.base import among
from langcov.corpora.halves import in_halves
from langcov.errors import UserError
from langcov.languages import alphabet, find
from langcov.tokenizers import Tokenizer, load
from langcov.train import parity, sentencepiece
from langcov.train.aligned import Aligned, against, in_two, intervals, worst
from langcov.train.sampling import Weights, proportional, uniform
from langcov.train.search import Journal, key_of, search
from langcov.train.trained import FILES, Balance, Settings, Trained, Variant
from langcov.train.words import Words, count_words, lines_of

REFERENCES = ("eng_Latn", "rus_Cyrl")
USUAL: tuple[Balance, ...] = ("uniform", "proportional")


def train(corpora: Sequence[Corpus], dev: Sequence[Corpus], settings: Settings | None = None) -> Trained:
    """Train a tokenizer and, to compare it with, others of the same size.

    Args:
        corpora: the text.
        dev: aligned text: weights are searched on one half of its lines, premiums are of the other.

    Raises:
        UserError: a language has no text, too little is aligned, or text is measured that is trained on.
    """
    settings = settings or Settings()
    languages = _languages(corpora, settings.languages)
    texts = in_halves(dev, settings.options, languages, settings.progress)
    there = {one: halves for one, halves in texts.items() if halves.learn.lines and halves.test.lines}
    if not there:
        raise UserError("no aligned text in any of the languages: name some with --dev")
    reference = _reference(settings.reference, list(there))
    searched, tested = in_two(there, reference)
    measured = {one: [*halves.learn.lines, *halves.test.lines] for one, halves in texts.items()}
    words = count_words(corpora, settings.options, languages, measured, settings.progress)
    _check(words)
    return _Training(settings, corpora, dev, words, searched, tested).run()


class _Training:
    """All that a training needs."""

    def __init__(
        self,
        settings: Settings,
        corpora: Sequence[Corpus],
        dev: Sequence[Corpus],
        words: Mapping[str, Words],
        searched: Aligned,
        tested: Aligned,
    ) -> None:
        self._settings, self._corpora, self._dev, self._words = settings, corpora, dev, words
        self._searched, self._tested = searched, tested
        self._chars = {language: text.chars for language, text in words.items()}
        self._letters = letters_of(words)
        self._ratios = parity.byte_premiums(searched.lines, searched.reference)
        self._journal = Journal(settings.journal, self._key())

    def run(self) -> Trained:
        """The tokenizer that was asked for, and those that it is compared with."""
        settings, wanted = self._settings, self._settings.balance
        made = {wanted: self._made(wanted)}
        others = [one for one in USUAL if one != wanted]
        settings.progress.start(len(others), "training to compare")
        for one in others:
            made[one] = self._made(one)
            settings.progress.finish(one)
        tokens = {one: self._tested.tokens(loaded(data, _kind(one))) for one, (data, _) in made.items()}
        gains = {one: against(self._tested, tokens[wanted], tokens[one]) for one in made if one != wanted}
        data, _ = made[wanted]
        return Trained(
            settings=settings,
            corpora=tuple(corpus.name for corpus in self._corpora),
            licences=tuple(dict.fromkeys(corpus.licence or "not said" for corpus in self._corpora)),
            dev=tuple(corpus.name for corpus in self._dev),
            chars=self._chars,
            ratios=self._ratios,
            reference=self._tested.reference,
            lines=(self._searched.size, self._tested.size),
            variants=tuple(self._variant(one, weights, tokens[one]) for one, (_, weights) in made.items()),
            gains={one: gain for one, gain in gains.items() if gain is not None},
            missing=_missing(loaded(data, _kind(wanted)), self._letters),
            rounds=tuple(self._journal.rounds),
            kind=_kind(wanted),
            data=data,
        )

    def _made(self, balance: Balance) -> tuple[bytes, Weights]:
        settings = self._settings
        if balance == "parity":
            languages = list(self._searched.lines)
            texts = {one: lines_of(self._corpora, settings.options, one) for one in languages}
            return parity.train(texts, self._ratios, settings.size), {}
        if balance == "premium":
            best = search(self._chars, self._premiums, settings.rounds, self._journal, settings.progress)
            return self._trained(best.weights), best.weights
        weights = uniform(self._chars) if balance == "uniform" else proportional(self._chars)
        return self._trained(weights), weights

    def _trained(self, weights: Weights) -> bytes:
        settings = self._settings
        return sentencepiece.train(self._words, weights, settings.model, settings.size, self._letters)

    def _premiums(self, weights: Weights) -> Mapping[str, float]:
        tokenizer = loaded(self._trained(weights), "spm")
        return self._searched.premiums(self._searched.tokens(tokenizer))

    def _variant(self, balance: str, weights: Weights, tokens: Ints) -> Variant:
        aligned = self._tested
        return Variant(
            balance,
            weights,
            aligned.premiums(tokens),
            intervals(aligned, tokens),
            dict(zip(aligned.lines, tokens.sum(axis=0).tolist())),
            worst(aligned, tokens),
        )

    def _key(self) -> str:
        settings = self._settings
        texts = {language: _digest(text) for language, text in self._words.items()}
        lines = {language: text[:] for language, text in self._searched.lines.items()}
        return key_of(texts, lines, self._searched.reference, settings.model, settings.size, self._letters)


def _digest(words: Words) -> str:
    return hashlib.sha256(words.words.data.tobytes() + words.uses.tobytes()).hexdigest()


def _kind(balance: str) -> str:
    return "hf" if balance == "parity" else "spm"


def loaded(data: bytes, kind: str) -> Tokenizer:
    """A trained tokenizer, as whoever gets its file will load it."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / FILES[kind]
        path.write_bytes(data)
        return load(f"{kind}:{path}").tokenizer


def _languages(corpora: Sequence[Corpus], names: Iterable[str]) -> list[str]:
    """The languages by their ids.

    Raises:
        UserError: a corpus has none of it.
    """
    there = {language for corpus in corpora for language in corpus.languages}
    wanted = [id for name in names for id in sorted(among(there, name)) or [find(name).id]]
    if missing := [one for one in wanted if one not in there]:
        raise UserError(f"no text in {missing[0]} in what is given with --corpus")
    return list(dict.fromkeys(wanted)) or sorted(there)


def _reference(name: str, there: Sequence[str]) -> str:
    """The language that premiums are against.

    Raises:
        UserError: it has no aligned text.
    """
    if name:
        found = among(set(there), name)
        if not found:
            raise UserError(f"--reference {name}: no aligned text in it (there is: {', '.join(there)})")
        return min(found)
    return next((one for one in REFERENCES if one in there), there[0])


def _check(words: Mapping[str, Words]) -> None:
    """See that there is text of each language.

    Raises:
        UserError: there is none.
    """
    for language, text in words.items():
        if not len(text.words):
            raise UserError(f"no text in {language} to train on: give some with --corpus")


def letters_of(languages: Iterable[str]) -> list[str]:
    """The letters of the alphabets of languages, capital and small, sorted."""
    found = {letter for one in languages for letter in "".join(alphabet(find(one)))}
    return sorted(letter for letter in found if not letter.isspace())


def _missing(tokenizer: Tokenizer, letters: Iterable[str]) -> tuple[str, ...]:
    """Letters that no piece spells alone."""
    pieces = tokenizer.vocabulary.pieces if tokenizer.vocabulary else None
    if pieces is None:
        return ()
    data = pieces.data.tobytes()
    there = {data[start:end] for start, end in zip(pieces.starts.tolist(), pieces.ends.tolist())}
    return tuple(letter for letter in letters if letter.encode() not in there)
