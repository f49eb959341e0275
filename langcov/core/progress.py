"""What work tells while it runs, whoever shows it."""

from __future__ import annotations


class Progress:
    """What a measurement or a check tells while it runs; this one keeps silent."""

    def start(self, sources: int) -> None:
        """So many sources will be read."""

    def advance(self, source: str, size: int) -> None:
        """So many bytes of text of a source were read."""

    def finish(self, source: str) -> None:
        """A source is done."""

    def stop(self) -> None:
        """Nothing more will come."""
