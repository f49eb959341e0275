"""Which rows of a table are read: those of a tier, as ELAN and Praat export several, or of a language."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

import numpy as np

from langcov.core.arrays import Bools
from langcov.corpora.readers.file import File
from langcov.errors import ChoiceError, UserError
from langcov.text.distinct import Distinct
from langcov.text.strings import Strings

_TIME = re.compile(r"\d+:\d\d:\d\d[.:]\d+|\d+[.,]\d+|\d+")

_CODE = re.compile(r"[a-z]{3}")


def tier_in(cells: Sequence[str], header: bool) -> int | None:
    """The place of the tier in the first row of a table, None where it has no tiers.

    Praat names it; ELAN has it first, then the participant, at least two times, and the text; Tatoeba has the
    language of a sentence after its number, which is like a tier.

    >>> tier_in(["tx", "", "00:00:00.100", "00:00:02.300", "сүз"], header=False)
    0
    """
    names = [cell.strip().lower() for cell in cells]
    if header:
        return names.index("tier") if "tier" in names else None
    if len(cells) == 3 and cells[0].isdigit() and _CODE.fullmatch(cells[1]):
        return 1
    times = [bool(_TIME.fullmatch(name)) for name in names]
    return 0 if len(times) > 4 and all(times[2:-1]) and not any(times[:2]) else None


class Chosen:
    """Tells, block by block, which rows are read.

    Args:
        file: that they are of.
    """

    def __init__(self, file: File) -> None:
        self._file, self._tiers = file, dict[str, None]()

    def chosen(self, filled: Bools, languages: Strings | None, tiers: Strings | None) -> Bools | None:
        """The rows that are read, bool [n]; None for all.

        Args:
            filled: rows that are no header and not empty, bool [n].
            languages, tiers: the cells that say which row is of which; None where that is not asked.

        Raises:
            ChoiceError: there are several tiers, and none is named.
        """
        if languages is None and tiers is None:
            return None
        chosen = filled
        if languages is not None:
            chosen = _where(languages, chosen, self._file.wants)
        if tiers is not None:
            chosen = _where(tiers, chosen, self._is_read)
        if not self._file.options.tiers and len(self._tiers) > 1:
            said = f"{self._file.path}: rows of several tiers ({self._shown}): name one with --tier"
            raise ChoiceError(said, "--tier", [(one, one) for one in self._tiers])
        return chosen

    def check(self) -> None:
        """See, at the end, that the tier was there.

        Raises:
            UserError: it was not; shows those that are.
        """
        for tier in self._file.options.tiers if self._tiers else ():
            if tier not in self._tiers:
                raise UserError(f"{self._file.path}: no tier {tier!r} (there: {self._shown})")

    def _is_read(self, tier: str, times: int) -> bool:
        self._tiers[tier] = None
        return tier in self._file.options.tiers or not self._file.options.tiers

    @property
    def _shown(self) -> str:
        return ", ".join(map(repr, self._tiers))


def _where(cells: Strings, among: Bools, wants: Callable[[str, int], bool]) -> Bools:
    """Those of some rows whose cell is wanted, bool [n]; each different one is asked for, with its rows."""
    different = Distinct()
    which = different.add(cells[among])
    times = np.bincount(which, minlength=len(different)).tolist()
    wanted = np.array([wants(cell, n) for cell, n in zip(different.strings, times)], bool)
    found = np.zeros(len(among), bool)
    found[among] = wanted[which]
    return found
