"""Fixes in CoNLL-U: in the text of a sentence and in the forms of its words together, or not at all.

The lemma of a form gets the same letters.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import takewhile

from langcov.corpora.readers.conllu import forms_of, joined
from langcov.hygiene.fixing.changes import Change, Changes, Edit, Fix, Unplaced, edited, edits, in_line

APART = "The forms of its sentence don't make up the text of the sentence."
BETWEEN = "It can't be told to which form of the sentence a change belongs."
_SPACE = re.compile(r"\s+|$")


@dataclass
class Token:
    """A line of a sentence whose form stands in its text."""

    line: int  # its index
    column: int  # code points before the form in the line
    form: str  # as it stands
    lemma: str  # as it stands, in the column after the form
    glued: bool  # whether the next one follows without a space
    words: list[Token] = field(default_factory=list)  # of a range, like 1-2
    start: int = 0  # code points before it in the text

    def holds(self, edit: Edit) -> bool:
        """Whether an edit is inside."""
        return self.start <= edit.start and edit.end <= self.start + len(self.form)


def in_sentence(lines: Sequence[bytes], index: int, prefix: int, fixes: Sequence[Fix]) -> Changes:
    """The changes of a sentence: its text, the forms, and those of the words of a range that make it up.

    Args:
        lines: whole sentences.
        index: of the line ``# text = …``, or of the first form where there is none.
        prefix: code points before the text in it.
        fixes: of the text.

    Raises:
        Unplaced: the forms don't make up the text, or can't be fixed to make up the new one.
    """
    told = lines[index].startswith(b"#")
    tokens = _tokens(lines, index + told)
    _find(tokens, lines[index].decode()[prefix:].rstrip("\r") if told else _joined(tokens))
    made = [(edit, fix) for fix in fixes for edit in edits(fix)]
    return (in_line(lines, index, prefix, fixes) if told else {}) | _forms(tokens, made)


def _joined(tokens: Sequence[Token]) -> str:
    return joined((token.form, token.glued) for token in tokens)


def _tokens(lines: Sequence[bytes], first: int) -> list[Token]:
    """The lines whose forms make up the text, from line ``first`` on; ranges with their words."""
    tokens: list[Token] = []
    rows = takewhile(bool, (lines[place].decode().rstrip("\r") for place in range(first, len(lines))))
    try:
        for form in forms_of(list(rows)):
            line = first + form.row
            lemma = lines[line].decode().split("\t")[2]
            token = Token(line, form.column, form.form, lemma, form.glued)
            (tokens[-1].words if form.within else tokens).append(token)
    except ValueError:
        raise Unplaced(APART) from None
    return tokens


def _find(tokens: Sequence[Token], text: str) -> None:
    """Set where each form stands; the words of a range are dropped unless its form is just theirs."""
    at = 0
    for token in tokens:
        if not token.form or not text.startswith(token.form, at):
            raise Unplaced(APART)
        token.start = at
        if "".join(word.form for word in token.words) != token.form:
            token.words = []
        for word in token.words:
            word.start = at
            at += len(word.form)
        at = token.start + len(token.form)
        if not token.glued:
            space = _SPACE.match(text, at)
            if not space:
                raise Unplaced(APART)
            at = space.end()
    if text[at:].strip():
        raise Unplaced(APART)


def _forms(tokens: Sequence[Token], made: Sequence[tuple[Edit, Fix]]) -> Changes:
    changes: Changes = {}
    inside: dict[int, list[tuple[Edit, Fix]]] = defaultdict(list)
    starts = [token.start for token in tokens]
    for edit, fix in made:
        last = bisect_right(starts, edit.start) - 1
        holders = [place for place in (last - 1, last) if place >= 0 and tokens[place].holds(edit)]
        if len(holders) != 1:
            raise Unplaced(BETWEEN)
        inside[holders[0]].append((edit, fix))
    for place, found in inside.items():
        token = tokens[place]
        checks = tuple(dict.fromkeys(check for _, fix in found for check in fix.checks))
        made_here = [edit for edit, _ in found]
        new = edited(token.form, token.start, made_here)
        end = token.column + len(token.form)
        changes[token.line] = [Change(token.column, end, new, Fix(token.start, token.form, new, checks))]
        if (lemma := _lemma(token, new, made_here)) != token.lemma:
            fix = Fix(token.start, token.lemma, lemma, checks)
            changes[token.line].append(Change(end + 1, end + 1 + len(token.lemma), lemma, fix))
        if token.words:
            changes |= _forms(token.words, found)
    return changes


def _lemma(token: Token, new: str, made: Sequence[Edit]) -> str:
    """The lemma of a form that becomes a new one: as that where it is the form, else letter by letter."""
    for cased in (str, str.lower):
        if token.lemma == cased(token.form):
            return cased(new)
    letters: dict[str, str] = {}
    for edit in (edit for edit in made if edit.end - edit.start == len(edit.new) == 1):
        old = token.form[edit.start - token.start]
        letters[old] = edit.new if letters.get(old, edit.new) == edit.new else edit.new.lower()
    letters = {old.lower(): right.lower() for old, right in letters.items()} | letters
    return "".join(letters.get(letter, letter) for letter in token.lemma)
