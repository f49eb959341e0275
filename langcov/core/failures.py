"""What nobody foresaw, told in one line."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from langcov.core.libraries import one_line
from langcov.errors import LangcovError, UserError


@contextmanager
def given(what: str) -> Iterator[None]:
    """Read something that a user gave: what nobody foresaw (no memory left, a library's error) is of it.

    Raises:
        UserError: names it.
    """
    try:
        yield
    except (LangcovError, OSError):
        raise
    except Exception as error:
        raise UserError(f"{what}: can't be read: {named(error)}") from error


def named(error: BaseException) -> str:
    """An error by its kind and what it says.

    >>> named(KeyError("text")), named(MemoryError())
    ("KeyError: 'text'", 'MemoryError')
    """
    kind, said = type(error).__name__, one_line(error)
    return kind if said == kind else f"{kind}: {said}"
