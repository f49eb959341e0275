"""Which pieces a tokenizer lacks most for some languages, and what it is with them."""

from __future__ import annotations

import tempfile
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from langcov.core.arrays import Ints
from langcov.core.work import Progress
from langcov.corpora import Corpus, ReadOptions
from langcov.corpora.base import among
from langcov.corpora.halves import Halves, Text, held_out, in_halves
from langcov.errors import UserError
from langcov.extend.kinds import extender
from langcov.extend.learn import Learned, Rules, learn, replay
from langcov.extend.letters import missing_letters
from langcov.extend.protect import AT_ONCE, Protected, add_lines, protected_words
from langcov.extend.protocol import Extender, ReusesIds, Trims
from langcov.extend.replace import moved, places
from langcov.extend.tape import Piece, Sequences, Tape
from langcov.extend.tested import Kept, Tested, check_size, check_told, kept, tested
from langcov.extend.verify import encode_both
from langcov.languages import find
from langcov.tokenizers import System, Tokenizer, load

USUALLY = ("rus", "eng")


@dataclass(kw_only=True)
class Settings:
    """What is advised on, and how.

    Attributes:
        languages: that pieces are for, by any name; none: all of the corpora but the protected ones.
        add: new pieces, at most.
        protect: languages whose ids are to stay.
        leave_out: bundled corpora whose words don't protect, as they are tested on.
        keep_size: give new pieces the ids of old ones that occur in no text here.
        trim: mark pieces that occur in no text here as unused, where the file can say it.
        first_id: of the new pieces, where the file doesn't say which ids are free.
        held_out: corpora to test on; none: half of the text, from which nothing is learned then.
    """

    languages: Sequence[str] = ()
    add: int = 1000
    protect: Sequence[str] = USUALLY
    leave_out: Collection[str] = ()
    keep_size: bool = False
    trim: bool = False
    first_id: int | None = None
    held_out: Sequence[Corpus] = ()
    options: ReadOptions = field(default_factory=ReadOptions)
    progress: Progress = field(default_factory=Progress)


@dataclass(frozen=True, eq=False)
class Advice:
    """The new pieces and what they do."""

    system: System  # the tokenizer without them
    settings: Settings
    corpora: tuple[str, ...]
    learned: tuple[Learned, ...]  # with the letters that it lacked before all others
    texts: tuple[bytes, ...]  # that these spell
    uses: Ints  # of these in the text that was tested on, int64 [learned]
    tested: tuple[Tested, ...]
    kept: tuple[Kept, ...]
    learned_lines: int
    trimmed: int  # old pieces that are marked unused
    replaced: tuple[bytes, ...]  # what old pieces spelled whose ids new ones have now, in the order of these
    sizes: tuple[int, int]  # ids before, after
    file: str  # what the extended tokenizer's is called
    spec: str  # its SPEC, for a file of that name
    data: bytes  # its content


def advise(spec: str, corpora: Sequence[Corpus], settings: Settings | None = None) -> Advice:
    """The pieces that would save most, and what is so once they are there.

    Args:
        spec: a tokenizer's file, as ``langcov.tokenizers.load`` takes it.
        corpora: to learn on, and to test on where nothing is held out for that.

    Raises:
        UserError: its kind can't be extended, a language has no text or too little, or text to test on is
            learned on.
    """
    settings = settings or Settings()
    base, system = extender(spec, settings.first_id), load(spec)
    _check(spec, base, settings)
    languages, guarded = _languages(corpora, settings)
    halves = _halves(corpora, settings, list(dict.fromkeys([*languages, *guarded, *_references()])))
    for one in languages:
        check_size(one, halves[one])
    found = _learned(base, halves, languages, guarded, settings)
    lines = [line for half in halves.values() for line in half.learn.lines]
    written = _written(spec, base, found, lines, settings)
    extended = _loaded(base, written.data)
    settings.progress.start(len(halves), "testing")
    both = {}
    for language in halves:
        both[language] = encode_both(halves[language].test, system.tokenizer, extended)
        settings.progress.finish(language)
    pieces = [one for one in moved(found.pieces, written.places) if one.new]
    new = [one.id for one in pieces]
    results = [
        tested(one, both, halves[one], found.expected(halves[one].test), new, _references())
        for one in languages
    ]
    for result in results:
        check_told(result)
    return Advice(
        system=system,
        settings=settings,
        corpora=tuple(corpus.name for corpus in corpora),
        learned=tuple(pieces),
        texts=tuple(base.text(one.piece) for one in pieces),
        uses=np.sum([both[language].uses[new] for language in languages], axis=0),
        tested=tuple(results),
        kept=tuple(
            kept(one, both[one], found.safe.words.tables[one], system.tokenizer, extended) for one in guarded
        ),
        learned_lines=sum(len(halves[one].learn) for one in languages),
        trimmed=written.trimmed,
        replaced=tuple(base.text(base.spelled[id] or "") for id in written.places.values()),
        sizes=(_size(system.tokenizer), _size(extended)),
        file=base.file,
        spec=base.spec(base.file),
        data=written.data,
    )


def _check(spec: str, base: Extender, settings: Settings) -> None:
    """See that the kind can do what is asked.

    Raises:
        UserError: it can't, and why.
    """
    if settings.trim and settings.keep_size:
        raise UserError("--trim keeps old pieces, --keep-size takes their ids: name one of them")
    if settings.trim:
        _trims(spec, base)
    if settings.keep_size:
        _reuses_ids(spec, base)


def _trims(spec: str, base: Extender) -> Trims:
    if not isinstance(base, Trims):
        raise UserError(f"{spec}: only a SentencePiece model can say of a piece that it is unused (--trim)")
    return base


def _reuses_ids(spec: str, base: Extender) -> ReusesIds:
    if not isinstance(base, ReusesIds):
        raise UserError(
            f"{spec}: a rank says when a piece is merged and is its id too, so that a new piece with an "
            f"old id would be merged before others (--keep-size): spm:FILE and hf:FILE can keep their size"
        )
    return base


@dataclass(frozen=True, eq=False)
class _Found:
    """What was learned, and the tokenizer with the letters alone."""

    ready: Extender
    letters: Sequence[Learned]
    joins: Sequence[Learned]
    safe: Protected

    @property
    def pieces(self) -> list[Learned]:
        return [*self.letters, *self.joins]

    def expected(self, text: Text) -> int:
        """Tokens of a text, if the library does what was foreseen."""
        tape = _tape(self.ready, text.lines)
        rules = Rules(dict(self.ready.ids), self.ready.closes, lambda _: False)
        replay(tape, rules, self.joins)
        return tape.total


def _learned(
    base: Extender,
    halves: Mapping[str, Halves],
    languages: Sequence[str],
    guarded: Sequence[str],
    settings: Settings,
) -> _Found:
    """The letters that are missing, then the joins that save most."""
    progress = settings.progress
    lines = [line for one in languages for line in halves[one].learn.lines]
    words = protected_words({one: halves[one].learn.lines for one in guarded}, settings.leave_out)
    letters = missing_letters(base, lines, languages, words.letters)[: settings.add]
    ready = base.with_pieces(letters) if letters else base
    safe = words.joined_by(ready)
    tape = _tape(ready, lines)

    def allowed(piece: Piece) -> bool:
        return ready.joinable(piece) and safe.keeps(piece, ready.text(piece))

    rules = Rules(dict(ready.ids), ready.closes, allowed)
    progress.start(settings.add, "choosing")
    wanted = settings.add - len(letters)
    joins = learn(tape, rules, ready.first_id, wanted, lambda one: progress.finish(str(one.id)))
    return _Found(ready, letters, joins, safe)


@dataclass(frozen=True, eq=False)
class _Written:
    """The extended tokenizer's file."""

    data: bytes
    trimmed: int = 0  # old pieces that are marked unused
    places: Mapping[int, int] = field(default_factory=dict)  # of old pieces, by the ids of new ones


def _written(spec: str, base: Extender, found: _Found, lines: Sequence[str], settings: Settings) -> _Written:
    """The file with all pieces, without those that lines and protected words have nothing of, if asked."""
    data = base.extended(found.pieces)
    if not (settings.trim or settings.keep_size):
        return _Written(data)
    unused = _unused(base, _loaded(base, data), [*lines, *found.safe.words.lines])
    if settings.trim:
        return _Written(_trims(spec, base).trimmed(data, unused), len(unused))
    to = places(base, unused, found.safe, found.pieces)
    return _Written(_reuses_ids(spec, base).replaced(data, to), places=to)


def _tape(extender: Extender, lines: Sequence[str]) -> Tape:
    sequences = Sequences()
    add_lines(sequences, extender, lines)
    return Tape(*sequences.tape(), extender.spelled)


def _unused(base: Extender, tokenizer: Tokenizer, lines: Sequence[str]) -> list[int]:
    """Old pieces of several letters that lines have nothing of; letters stay, or text would be lost."""
    uses = np.zeros(_size(tokenizer), np.int64)
    for at in range(0, len(lines), AT_ONCE):
        ids = tokenizer.encode(list(lines[at : at + AT_ONCE])).ids
        uses += np.bincount(ids, minlength=len(uses))
    return sorted(
        id
        for piece, id in base.ids.items()
        if not uses[id] and len(base.text(piece).decode("utf-8", "surrogateescape").strip()) > 1
    )


def _loaded(base: Extender, data: bytes) -> Tokenizer:
    """The extended tokenizer, as whoever gets its file will load it."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / base.file
        path.write_bytes(data)
        return load(base.spec(str(path))).tokenizer


def _size(tokenizer: Tokenizer) -> int:
    return tokenizer.vocabulary.size if tokenizer.vocabulary else 0


def _references() -> list[str]:
    return [find(name).id for name in USUALLY]


def _halves(corpora: Sequence[Corpus], settings: Settings, languages: Sequence[str]) -> dict[str, Halves]:
    if settings.held_out:
        return held_out(corpora, settings.held_out, settings.options, languages, settings.progress)
    return in_halves(corpora, settings.options, languages, settings.progress)


def _languages(corpora: Sequence[Corpus], settings: Settings) -> tuple[list[str], list[str]]:
    """The languages that pieces are for, and those that are protected, by their ids.

    Raises:
        UserError: none is left, or a corpus has none of it.
    """
    there = {language for corpus in corpora for language in corpus.languages}
    wanted = [id for name in settings.languages for id in sorted(among(there, name)) or [find(name).id]]
    guarded = [find(name).id for name in settings.protect if find(name).id not in wanted]
    languages = list(dict.fromkeys(wanted)) or sorted(there - set(guarded))
    if missing := [one for one in languages if one not in there]:
        raise UserError(f"no text in {missing[0]} in what is given with --corpus")
    if not languages:
        raise UserError("all text is in protected languages: name those that pieces are for with --languages")
    return languages, guarded
