"""The first lines whose ids differ, where both tokenizers and the corpus are at hand."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice, takewhile
from typing import Any, NamedTuple

from langcov.corpora import resolve
from langcov.corpora.base import Corpus, Provenance, ReadOptions
from langcov.corpora.readers.formats import WORDS, read
from langcov.errors import LangcovError
from langcov.gate.drift import SHOWN, Drift
from langcov.gate.side import Side
from langcov.tokenizers import Tokenizer, load


class Line(NamedTuple):
    """A line that two tokenizers give other ids for."""

    system: str
    language: str
    address: str  # ``FILE:LINE``
    token: int  # how many ids are the same before the first that is not
    # base, new: the ids from there on, where they are the same again at the end without that
    base: list[int]
    new: list[int]
    text: str  # empty unless it was asked for


def differing_lines(
    base: Side, new: Side, drifts: Sequence[Drift], corpora: Sequence[str], *, show_text: bool
) -> tuple[list[Line], list[str]]:
    """The first lines of each drift, and why there are none of some.

    Args:
        corpora: where the text is, as of ``--corpus``.
        show_text: put the text of the lines in, too.
    """
    found: list[Line] = []
    reasons: dict[str, None] = {}
    known = {corpus.name: corpus for corpus in resolve(list(corpora))} if corpora else {}
    loaded: dict[str, list[Tokenizer | str]] = {}
    for one in drifts:
        corpus = known.get(one.corpus)
        if corpus is None:
            reasons[f"lines of {one.corpus} are not shown: give the corpus with --corpus"] = None
            continue
        if one.system not in loaded:
            loaded[one.system] = [_loaded(side.systems[one.system]) for side in (base, new)]
        pair = loaded[one.system]
        if any(isinstance(tokenizer, str) for tokenizer in pair):
            reasons[next(str(tokenizer) for tokenizer in pair if isinstance(tokenizer, str))] = None
        else:
            old, now = (one for one in pair if not isinstance(one, str))
            lines = islice(_differing(one, corpus, old, now), SHOWN)
            found += lines if show_text else (line._replace(text="") for line in lines)
    return found, list(reasons)


def _loaded(system: Mapping[str, Any]) -> Tokenizer | str:
    """The tokenizer that was measured, or why it can't be had."""
    try:
        tokenizer = load(system["spec"]).tokenizer
    except LangcovError as error:
        return f"lines of {system['name']} are not shown: {error}"
    if tokenizer.sha256 != system["sha256"]:
        return f"lines of {system['name']} are not shown: {system['spec']} is not the file that was measured"
    return tokenizer


def _differing(drift: Drift, corpus: Corpus, base: Tokenizer, new: Tokenizer) -> Iterator[Line]:
    for source in corpus.sources:
        if source.language != drift.language or source.format == WORDS:
            continue
        for lines in read(source, corpus, ReadOptions(), Provenance()):
            texts = lines.text.to_list()
            old, now = base.encode(texts), new.encode(texts)
            for at, text in enumerate(texts):
                ids = [each.ids[each.starts[at] : each.starts[at + 1]].tolist() for each in (old, now)]
                if ids[0] != ids[1]:
                    address = f"{source.path}:{int(lines.places[at]) + 1}"
                    yield Line(drift.system, drift.language, address, *_where(*ids), text)


def _where(one: list[int], other: list[int]) -> tuple[int, list[int], list[int]]:
    """Where two lists first differ, and their parts between that and what they end with alike.

    >>> _where([1, 2, 3, 9], [1, 4, 9])
    (1, [2, 3], [4])
    """
    begin = _alike(one, other)
    end = _alike(one[begin:][::-1], other[begin:][::-1])
    return begin, one[begin : len(one) - end], other[begin : len(other) - end]


def _alike(one: list[int], other: list[int]) -> int:
    """How many of the first are the same."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other)))
