"""Lines that are not text in the encoding of their file: `encoding`."""

from __future__ import annotations

from collections.abc import Iterator

from langcov.hygiene.engine.finding import Issue
from langcov.hygiene.engine.protocol import About, Context, LineCheck


class UnreadableLines(LineCheck):
    """Lines that the reader left out: no check has seen them, so they are told of whatever is looked for.

    Their columns are bytes, as they have no characters.
    """

    checks = (
        About(
            "encoding",
            "Lines that can't be read",
            "Bytes that are no text in the encoding of the file: part of the file is in another, or "
            "was damaged.",
        ),
    )
    always = True

    def __init__(self, context: Context) -> None:
        self._unreadable = context.unreadable

    def issues(self) -> Iterator[tuple[int | None, Issue]]:
        message = "The line is not valid text in its encoding from byte {byte} on: it was left out."
        for number, column in zip(self._unreadable.numbers, self._unreadable.columns):
            values = {"byte": str(column + 1)}
            yield number, Issue("encoding", "error", column, column + 1, "", message, values)


CHECKS = (UnreadableLines,)
