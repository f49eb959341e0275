"""Where what a command shows goes."""

from __future__ import annotations

import sys
from pathlib import Path

from langcov.core.files import write_text


def show(text: str, output: Path | None) -> None:
    """Write text to a file, whole or not at all, or print it.

    Raises:
        UserError: the file can't be written.
    """
    if output:
        write_text(output, text)
    else:
        sys.stdout.write(text)
