"""The verdict on each different suspicious word of a file, and what becomes of it when it is mended."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from langcov.hygiene.evidence import Evidence
from langcov.hygiene.finding import Fault
from langcov.hygiene.registry import Check

MOST_MENDS = 8
"""A word that still changes after as many mends is left at that."""

Accepts = Callable[[str, Fault], bool]


class Judge:
    """Asks the checks about words; each different word once.

    Args:
        checks: in the order in which their mends are made.
        evidence: of the file.
        accepted: whether the project's exceptions accept a fault of a word.
    """

    def __init__(self, checks: Iterable[Check], evidence: Evidence, accepted: Accepts) -> None:
        self._finders = [check.word for check in checks if check.word]
        self.evidence = evidence
        self._accepted = accepted

    def ask(self, words: Iterable[str]) -> None:
        """Let the evidence learn which counts the verdicts on words, and on what they are mended to, need."""
        for word in words:
            heard = {word}
            waiting = [word]
            while waiting:
                one = waiting.pop()
                found = {fault.suggestion for fault in self._found(one) if fault.suggestion} - heard
                if len(heard) < MOST_MENDS:
                    heard |= found
                    waiting += sorted(found)

    def faults(self, word: str) -> tuple[tuple[Fault, ...], int]:
        """The faults of a word that no exception accepts, and how many are accepted."""
        found = self._found(word)
        kept = tuple(fault for fault in found if not self._accepted(word, fault))
        return kept, len(found) - len(kept)

    def mended(self, word: str, named: Sequence[str] = ()) -> str:
        """A word after all automatic mends, one check after the other.

        Args:
            word: as it stands in the file.
            named: checks whose mends are made though they are not automatic.
        """
        for _ in range(MOST_MENDS):
            mends = [
                fault.suggestion
                for fault in self.faults(word)[0]
                if fault.suggestion is not None and (fault.automatic or fault.check in named)
            ]
            if not mends:
                break
            word = mends[0]
        return word

    def _found(self, word: str) -> list[Fault]:
        return [fault for find in self._finders for fault in find(word, self.evidence)]
