"""Two results compared from Python."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from langcov.core.names import several
from langcov.gate.compare import Comparison
from langcov.gate.compare import compare as compare_sides
from langcov.gate.settings import from_toml
from langcov.gate.side import Side
from langcov.gate.side import read as read_side
from langcov.results.result import Result


def compare(
    base: str | Path | Result,
    new: str | Path | Result,
    gate: Mapping[str, Any] | None = None,
    *,
    corpora: str | Sequence[str] = (),
    show_text: bool = False,
) -> Comparison:
    """Compare a result with a base: paired differences, ids that drifted, answers that moved.

    Args:
        base: a result just measured, or a file written by ``save``, with the rows beside it.
        new: the result that is judged, likewise.
        gate: what is gated and tolerated, as the table ``[gate]`` of ``langcov.toml`` has it.
        corpora: where the text is, so that the first lines with other ids can be looked up.
        show_text: put the text of these lines in, too.

    Returns:
        ``failed`` says whether the gate is closed; ``changes``, ``drifts``, ``moved`` say by what.

    Raises:
        UserError: a file can't be read, or the comparison makes no sense; the field that differs is named.

    >>> import langcov
    >>> lines = {"tat": ["бер ике өч"] * 30}
    >>> result = langcov.measure_tokenizers("chars", lines, hygiene=False)
    >>> found = compare(result, result)
    >>> found.failed, {change.verdict for change in found.changes}
    (False, {'same'})
    """
    old, now = (
        Side(name, one) if isinstance(one, Result) else read_side(one)
        for name, one in (("the base", base), ("the new result", new))
    )
    where = [] if not corpora else several(corpora)
    return compare_sides(old, now, from_toml(gate or {}), corpora=where, show_text=show_text)
