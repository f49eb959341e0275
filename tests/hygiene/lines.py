"""What the tests of checks of lines share: a file of lines, in pieces."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from langcov.hygiene.finding import Fault
from langcov.hygiene.linefaults import LineCheck
from langcov.text.strings import Strings


def faults_of(check: LineCheck, lines: Sequence[str], piece: int = 1 << 20) -> list[tuple[int | None, Fault]]:
    """What a check finds in some lines, given to it a few at a time."""
    for start in range(0, len(lines), piece):
        part = lines[start : start + piece]
        check.add(Strings.of(part), np.arange(start, start + len(part)))
    found = list(check.faults())
    assert {fault.check for _, fault in found} <= set(check.ids)
    for number, fault in found:
        assert fault.message.format(**fault.values)
        assert fault.severity != "error"
        assert number is None or 0 <= fault.start <= fault.end <= len(lines[number])
    return found


def numbers_of(found: Sequence[tuple[int | None, Fault]]) -> list[int | None]:
    """The faulty lines."""
    return [number for number, _ in found]
