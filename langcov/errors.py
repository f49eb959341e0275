"""The errors that langcov raises on purpose; the command line maps each to an exit code."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from difflib import get_close_matches

ALARM = "the engine is not to be trusted"
"""What the reason of every failure begins with that an engine is to blame for."""


class LangcovError(Exception):
    """Anything that langcov can name in one line: what, where, what to do."""


class UserError(LangcovError):
    """The input is wrong: a file, an option, a name (exit code 2)."""


class ChoiceError(UserError):
    """It can't be told which of several things is meant.

    Args:
        message: says so, and what names one.
        option: of the command, that names one.
        choices: what it may be given, each with what a person knows it by.
    """

    def __init__(self, message: str, option: str, choices: Sequence[tuple[str, str]]) -> None:
        super().__init__(message, option, choices)  # as they are, so that it can come from a worker
        self.option, self.choices = option, choices

    def __str__(self) -> str:
        return str(self.args[0])


class MissingLibrary(UserError):
    """An optional library is not installed; the message is the ``pip install`` to run."""

    def __init__(self, library: str, extra: str, wanted_for: str) -> None:
        super().__init__(library, extra, wanted_for)  # as they are, so that it can come from a worker

    def __str__(self) -> str:
        library, extra, wanted_for = self.args
        return f"{wanted_for} needs {library}: pip install 'langcov[{extra}]'"


class OtherLibrary(MissingLibrary):
    """Another library brought the module of an optional one, and can't do what is needed."""

    def __init__(self, library: str, owner: str, wanted_for: str) -> None:
        super().__init__(library, owner, wanted_for)

    def __str__(self) -> str:
        library, owner, wanted_for = self.args
        return (
            f"{wanted_for} needs {library}, but the module of that name here is of {owner}: "
            f"pip uninstall {owner}, then pip install --force-reinstall {library}"
        )


class LibraryDied(UserError):
    """A library ends the whole process on a file, which costs this system only."""


class LibraryFailed(LangcovError):
    """A library failed on one string."""

    def __init__(self, index: int, reason: str) -> None:
        super().__init__(index, reason)
        self.index = index
        self.reason = reason

    def __str__(self) -> str:
        return self.reason


class CannotEncode(LibraryFailed):
    """A tokenizer's own library failed on one string."""


class CannotDecode(LangcovError):
    """A tokenizer's own library failed on tokens that it made itself."""


class CannotPredict(LibraryFailed):
    """A language-ID model's own library failed on one string."""


class CannotMeasure(LangcovError):
    """A counter or a figure can't be had; the message is the reason that stands beside its null."""


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """The end of an error for a name that is not known: the nearest that is, if any is near.

    >>> did_you_mean("byte", ["bytes", "chars"]), did_you_mean("byte", ["chars"])
    ("; did you mean 'bytes'?", '')
    """
    return "".join(f"; did you mean {near!r}?" for near in get_close_matches(name, list(known), 1))
