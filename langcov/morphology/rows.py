"""Rows of files in which words are divided into morphemes: CoNLL-U, SIGMORPHON, UniMorph, and plain TSV."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from langcov.corpora.base import ReadOptions, Source
from langcov.corpora.readers.file import File
from langcov.corpora.readers.streams import bare
from langcov.errors import UserError
from langcov.morphology.spelled import BOUNDARY

SEPARATORS = "-·=‹›<>"
"""Signs between morphemes in plain TSV: of morphs, of stems, before clitics, around infixes."""
KEYS = ("MSeg", "MorphSeg", "Segm", "Seg", "LMSeg")
"""Keys of FEATS and MISC under which treebanks have segmentations, the first that a word has counts."""
_FEATURES = re.compile(r"[A-Z0-9]+[A-Z0-9;:.,+/|(){}&_-]*")


class Row(NamedTuple):
    """A word and its segmentations as the file has them.

    Attributes:
        line: of the file, from 1.
        word: as it stands.
        marked: the word with signs between its morphemes; several where the file has alternatives, none of
            a word that nothing is known of.
        separators: the signs.
    """

    line: int
    word: str
    marked: tuple[str, ...]
    separators: str = BOUNDARY


def rows_of(
    path: str, separators: str = SEPARATORS, keys: Sequence[str] = KEYS, options: ReadOptions | None = None
) -> list[Row]:
    """All words of a file.

    Args:
        path: ``.conllu``, or a table, compressed or not.
        separators: signs between morphemes in a plain table or a treebank.
        keys: of segmentations in a treebank.
        options: how text is made of its bytes.

    Raises:
        UserError: the file is none of the formats, or no word of it is divided.
    """
    treebank = bare(path).endswith(".conllu")
    file = File(Source("", path, "conllu" if treebank else "tsv"), options or ReadOptions())
    lines = b"".join(block.data for block in file.lines()).decode().split("\n")
    read = _of_treebank(lines, path, separators, keys) if treebank else _of_table(lines, path, separators)
    found = list(read)
    if not found and treebank:
        raise UserError(
            f"{path}: no word has one of the keys {', '.join(keys)} in FEATS or MISC; a key of another name "
            f"is given with --key"
        )
    if not found:
        raise UserError(f"{path}: no row: a word, a TAB and its segmentation were expected")
    return found


def _of_table(lines: Sequence[str], path: str, separators: str) -> Iterator[Row]:
    """Rows of a table; its kind is told by all of them."""
    table = [(at, line.rstrip("\r").split("\t")) for at, line in enumerate(lines, 1)]
    table = [(at, cells) for at, cells in table if cells != [""] and not cells[0].startswith("#")]
    for at, cells in table:
        if len(cells) < 2 or not cells[0] or not cells[1]:
            raise UserError(
                f"{path}, line {at}: a word, a TAB and its segmentation were expected (SIGMORPHON, UniMorph, "
                "or a plain table)"
            )
    if _is_unimorph(table):
        divided = [(at, cells) for at, cells in table if cells[3:4] not in ([], [""], ["-"])]
        if not divided:
            raise UserError(f"{path}: UniMorph without segments: a fourth column with bars was expected")
        yield from (Row(at, cells[1], (cells[3].replace("|", BOUNDARY),)) for at, cells in divided)
    elif any("@@" in cells[1] for _, cells in table):
        yield from (Row(at, cells[0], (_canonical(cells[1]),)) for at, cells in table)
    else:
        yield from (Row(at, cells[0], tuple(cells[1].split(" | ")), separators) for at, cells in table)


def _is_unimorph(table: Sequence[tuple[int, list[str]]]) -> bool:
    """Whether rows are lemma, form, features, and if there are any the form's segments between bars."""
    features = [cells[2] for _, cells in table if len(cells) > 2 and _FEATURES.fullmatch(cells[2])]
    told = any(";" in one for one in features) or any("|" in "".join(cells[3:4]) for _, cells in table)
    return 0 < len(features) == len(table) and told


def _canonical(segments: str) -> str:
    """``залах @@уур`` as one string; a prefix of a word has its sign too (``@@salazide``)."""
    return re.sub(r" *@@", BOUNDARY, segments).removeprefix(BOUNDARY)


def _of_treebank(lines: Sequence[str], path: str, separators: str, keys: Sequence[str]) -> Iterator[Row]:
    for at, line in enumerate(lines, 1):
        cells = line.rstrip("\r").split("\t")
        if line.startswith("#") or cells == [""] or not cells[0].isdigit():
            continue
        if len(cells) != 10:
            raise UserError(f"{path}, line {at}: a row of ten fields was expected, as CoNLL-U has them")
        notes = dict(filter(None, map(_note, f"{cells[5]}|{cells[9]}".split("|"))))
        marked = next((notes[key] for key in keys if key in notes), None)
        if marked is not None:
            word = cells[2] if _is_of_lemma(keys, notes) else cells[1]
            yield Row(at, word, (marked,), separators)


def _is_of_lemma(keys: Sequence[str], notes: dict[str, str]) -> bool:
    """Whether the key that a word has is of its lemma (Abkhaz: ``LMSeg``)."""
    return next(key for key in keys if key in notes).startswith("L")


def _note(note: str) -> tuple[str, str] | None:
    """A key and its value; the Abkhaz treebank has a colon between them."""
    key, sign, value = note.partition("=")
    if not sign:
        key, sign, value = note.partition(":")
    return (key, value) if sign else None
