"""What every adapter needs of an optional library: to have it, or to say in one line why not."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Sequence
from typing import Any

from langcov.errors import MissingLibrary


def require(library: str, extra: str, wanted_for: str) -> Any:
    """Import an optional library when it is first needed.

    Raises:
        MissingLibrary: it is not installed; the message is the ``pip install`` to run.
    """
    try:
        module = importlib.import_module(library)
    except ImportError:
        raise MissingLibrary(library.partition(".")[0], extra, wanted_for) from None
    if module.__file__ is None:  # only a folder of that name, such as the checkout's own tokenizers/
        raise MissingLibrary(library, extra, wanted_for)
    return module


def one_line(error: BaseException) -> str:
    """What a library said, cut to one line of bearable length."""
    text = " ".join(str(error).split()) or type(error).__name__
    return text if len(text) <= 200 else text[:199] + "…"


def first_failure(
    function: Callable[[str], object], texts: Sequence[str], error: BaseException
) -> tuple[int, str]:
    """Which string of a batch a library failed on, found one at a time, and what it said."""
    for index, text in enumerate(texts):
        try:
            function(text)
        except BaseException as found:
            if not is_library_failure(found):
                raise
            return index, one_line(found)
    return 0, f"it failed on a batch, not on its strings one by one: {one_line(error)}"


def is_library_failure(error: BaseException) -> bool:
    """Whether a library failed, rather than the user interrupting; a Rust panic is a BaseException.

    >>> is_library_failure(RuntimeError("internal")), is_library_failure(KeyboardInterrupt())
    (True, False)
    """
    return isinstance(error, Exception) or type(error).__name__ == "PanicException"
