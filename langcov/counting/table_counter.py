"""The words of a word table counted by all tokenizers, some at a time."""

from __future__ import annotations

from collections.abc import Sequence

from langcov.core.names import visible
from langcov.corpora.base import Source, WordCounts
from langcov.counting.batch import Batch
from langcov.counting.chunk import Finder, Spelled, special_texts
from langcov.counting.count_batch import Tallied, count_text_of, count_tokens
from langcov.counting.counters import text_columns, token_columns
from langcov.counting.perturbed import changed_table
from langcov.counting.token_tally import SystemTally
from langcov.errors import CannotDecode, CannotEncode
from langcov.text.perturb import Perturbation
from langcov.text.strings import Strings
from langcov.tokenizers import System

FROM_WORDS = "a word table holds no lines"


class TableCounter:
    """Adds the words of a table to a tally, some at a time."""

    def __init__(self, systems: Sequence[System], tally: Tallied, source: Source) -> None:
        self.systems, self.tally, self.path = systems, tally, visible(source.path)
        self.spelled = {one.name: Spelled(special_texts(one.tokenizer)) for one in systems}
        self.begun = self.over = False

    def add(self, table: WordCounts, change: Perturbation | None) -> None:
        """Count some words, perhaps after a change; what it makes of one that is none ends it."""
        changed = table if change is None or self.over else changed_table(table, change, self.tally)
        if changed is None or self.over:
            self.over = True
            return
        if not self.begun:
            self._begin(table)
        batch = Batch(changed.words.packed(), table.row, table.word, table.count, lines=False)
        count_text_of(batch, self.tally)
        for system in self.systems:
            part = self.tally.systems[system.name]
            part.failed = part.failed or self._refusal(batch.strings, system)
            if not part.failed:
                self._count(batch, system, part)

    def _begin(self, table: WordCounts) -> None:
        """Count what is of rows, not of words."""
        self.begun = True
        self.tally.reach(len(table.labels))
        self.tally.labels[:] = table.labels
        missing = dict.fromkeys(token_columns().lines, FROM_WORDS)
        for name, counter in text_columns().lines.items():
            if counter.of_table is None:
                missing[name] = FROM_WORDS
            else:
                self.tally.columns[name] += counter.of_table(table)
        for part in self.tally.systems.values():
            part.missing |= missing

    def _count(self, batch: Batch, system: System, part: SystemTally) -> None:
        try:
            count_tokens(batch, system, part)
        except CannotEncode as error:
            word = batch.strings[error.index : error.index + 1].to_list()[0]
            part.failed = f"{self.path}, word {word.strip()[:40]!r}: {error.reason}"
        except CannotDecode as error:
            part.failed = f"{self.path}: {error}"

    def _refusal(self, words: Strings, system: System) -> str | None:
        """Why the tokens of the text can't be had from these words, if so."""
        tokenizer = system.tokenizer
        if tokenizer.word_form is None:
            return f"a word table won't do, give running text with --corpus: {tokenizer.word_reason}"
        self.spelled[system.name].add(words)
        for word in words[Finder(special_texts(tokenizer)).within(words)]:
            shown = word.strip()[:40]
            return f"can't be measured from this word table: {shown!r} holds text that is read in context"
        return None

    def finish(self) -> None:
        """Refuse what only all words together can spell."""
        for system in self.systems:
            part = self.tally.systems[system.name]
            text = next(iter(self.spelled[system.name]), None)
            if text is not None and not part.failed:
                part.failed = (
                    f"can't be measured from this word table: its words can make {text!r}, "
                    "which is read in context"
                )
