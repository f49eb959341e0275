"""The ``langcov`` command: one module a subcommand, imported only when it is asked for."""

from __future__ import annotations

import argparse
import io
import logging
import os
import signal
import sys
import threading
import time
import traceback
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from importlib import import_module
from itertools import pairwise
from pathlib import Path
from typing import Any, NoReturn, TextIO

from langcov import __version__
from langcov.core import ui
from langcov.core.composed import said, tell
from langcov.core.failures import named
from langcov.core.libraries import is_library_failure
from langcov.core.names import visible
from langcov.core.processes import ENDING
from langcov.errors import LangcovError, LibraryFailed, UserError, did_you_mean

COMMANDS = {
    "tokenizers": "measure tokenizers on corpora",
    "lid": "measure language-identification models on corpora",
    "filters": "what published filters of web corpora do to a language",
    "corpora": "check, fix, describe, fetch and count corpora",
    "run": "measure and compare what langcov.toml says",
    "report": "show saved results in any format",
    "compare": "compare two results: what got worse, and whether ids changed",
    "audit": "look through vocabularies: pieces that no text has, and whose",
    "morphology": "token boundaries against those of morphemes",
    "advise": "pieces that a tokenizer lacks, tested by adding them",
    "train": "train a tokenizer that is fair to its languages",
    "languages": "the table of languages, or one language in full",
    "serve": "check and correct texts on a page in a browser, on this computer",
}

EXIT_DONE, EXIT_NO, EXIT_USER, EXIT_PARTLY, EXIT_BUG, EXIT_INTERRUPTED = 0, 1, 2, 3, 70, 130
ONCE = 1.0  # seconds in which signals that end a process are one: a closed terminal may send several
SOON = 0.01  # seconds after which a signal comes again that was lost
DEBUG = "LANGCOV_DEBUG"  # the variable by which the traceback of an error is shown


class Ended(KeyboardInterrupt):
    """A signal: after a plain KeyboardInterrupt out of an ``exec`` Python dies of SIGINT, caught or not."""


class Help(argparse.HelpFormatter):
    """Help in the language that is spoken."""

    def add_usage(
        self,
        usage: str | None,
        actions: Iterable[argparse.Action],
        groups: Iterable[Any],
        prefix: str | None = None,
    ) -> None:
        """How the command is written; argparse takes the word before it to have seven characters."""
        super().add_usage(usage, actions, groups, ui._("usage: ") if prefix is None else prefix)

    def add_text(self, text: str | None) -> None:
        """What it is for."""
        super().add_text(said(text) if text else text)

    def start_section(self, heading: str | None) -> None:
        """A group of options."""
        super().start_section(said(ui._(heading)) if heading else heading)

    def _expand_help(self, action: argparse.Action) -> str:
        return said(super()._expand_help(action))


class RawHelp(Help, argparse.RawDescriptionHelpFormatter):
    """Help whose texts keep their lines."""


class Parser(argparse.ArgumentParser):
    """Its complaints are one line, like all others of langcov."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **{"formatter_class": Help, **options})

    def error(self, message: str) -> NoReturn:
        """A wrong option or argument."""
        raise UserError(f"{message} ({self.prog} --help tells more)")

    def _check_value(self, action: argparse.Action, value: Any) -> None:
        if action.nargs == argparse.PARSER and value not in (known := list(action.choices or ())):
            hint = did_you_mean(value, known)
            self.error(f"unknown action {value!r}{hint} (known: {', '.join(known)})")
        super()._check_value(action, value)


class Command(Parser):
    """A command, or an action of one: each may be asked to speak a language (``_language`` hears it)."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        say = "language of errors, help and pages (of the locale)"
        self.add_argument("--ui", choices=ui.LANGUAGES, default=argparse.SUPPRESS, help=say)


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line; returns the exit code (CONTRACT, Commands)."""
    # Read when NumPy is first imported: threads cost these matrices more than they save.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    _prepare_streams()
    words = list(sys.argv[1:] if argv is None else argv)
    ui.use(_language(words))
    with _ending_alike() as signals:
        return _ended(words, signals)


def _ended(words: list[str], signals: Sequence[int]) -> int:
    """Run a command line, and say whatever ended it."""
    try:
        code = _run(words)
        sys.stdout.flush()
    except KeyboardInterrupt as interrupt:
        _flush_or_drop(sys.stdout)
        return _complain(ui._(str(*interrupt.args) or "interrupted"), EXIT_INTERRUPTED)
    except BrokenPipeError:
        _drop(sys.stdout)
        return EXIT_DONE
    except BaseException as error:
        if not is_library_failure(error):
            raise
        if os.environ.get(DEBUG):
            traceback.print_exc()
        if isinstance(error, OSError):
            _drop(sys.stdout)
        return _complain(*_explained(error, words, bool(signals)))
    return code


@contextmanager
def _ending_alike() -> Iterator[list[int]]:
    """Let all signals that ask a process to end do the same; several that come together count once.

    Yields:
        Those that came.
    """
    came: list[int] = []
    last = -ONCE

    def end(number: int, frame: object) -> None:
        nonlocal last
        if (now := time.monotonic()) - last > ONCE:
            last = now
            came.append(number)
            raise Ended

    def late(number: int, frame: object) -> None:
        raise Ended

    def again(lost: sys.UnraisableHookArgs) -> None:
        """What a destructor swallowed comes once more, when that is over."""
        if isinstance(lost.exc_value, Ended) and hasattr(signal, "setitimer"):
            signal.signal(signal.SIGALRM, late)
            signal.setitimer(signal.ITIMER_REAL, SOON)
        else:
            hook(lost)

    here = threading.current_thread() is threading.main_thread()
    before = {one: signal.getsignal(one) for one in ENDING if here}
    hook, sys.unraisablehook = sys.unraisablehook, again
    try:
        for one, handler in before.items():
            if handler in (signal.SIG_DFL, signal.default_int_handler):  # nohup has one ignored
                signal.signal(one, end)
        yield came
    finally:
        sys.unraisablehook = hook
        for one, handler in before.items():
            signal.signal(one, handler)


def _explained(error: BaseException, words: Sequence[str], interrupted: bool) -> tuple[str, int]:
    """What is said of an error, and the exit code."""
    if isinstance(error, LangcovError):
        return str(error), EXIT_PARTLY if isinstance(error, LibraryFailed) else EXIT_USER
    if isinstance(error, OSError):
        return f"{error.filename or 'standard output'}: {error.strerror or error}", EXIT_USER
    if interrupted:  # a library broke by it: argparse does in a "finally", and NumPy while it is imported
        return ui._("interrupted"), EXIT_INTERRUPTED
    own = Path(__file__).parents[1]
    *_, where = (
        one for one in traceback.extract_tb(error.__traceback__) if own in Path(one.filename).parents
    )
    place = f"{Path(where.filename).relative_to(own)}, line {where.lineno}"
    said = f"'langcov {' '.join(words[:2])}' failed with {named(error)} ({place})"
    return f"{said}: a bug of langcov, please report it with what {DEBUG}=1 shows", EXIT_BUG


def _run(words: list[str]) -> int:
    command = words[0] if words else "--help"
    if command.startswith("-"):
        _top_parser().parse_args([command])
    if command not in COMMANDS:
        hint = did_you_mean(command, COMMANDS)
        raise UserError(f"unknown command {command!r}{hint} (known: {', '.join(COMMANDS)})")
    module = import_module(f"langcov.cli.{command}")
    parser = Command(prog=f"langcov {command}", description=module.__doc__)
    parser.set_defaults(ui=None)
    module.add_arguments(parser)
    try:
        args = parser.parse_intermixed_args(words[1:])  # an argument may stand behind options too
    except TypeError:  # the command has actions
        args = parser.parse_args(words[1:])
    code: int = module.run(args)
    return code


def _language(words: Sequence[str]) -> str | None:
    """The language that the options ask for, which has to be known before they are read."""
    asked = [word.partition("=")[2] for word in words if word.startswith("--ui=")]
    asked += [word for option, word in pairwise(words) if option == "--ui"]
    return next((one for one in asked if one in ui.LANGUAGES), None)


def in_words(message: object) -> str:
    """A message that was composed in English, with the names of languages, in the language that is spoken."""
    if ui.language() == "en":
        return str(message)
    from langcov.report.languages import name  # not above: most commands say nothing of the kind

    return name.in_words(message)


def _complain(message: str, code: int) -> int:
    """Say it on stderr, if anybody reads that; returns the code."""
    told = in_words(message)
    try:
        tell(told)
    except OSError:
        _drop(sys.stderr)
    return code


def _drop(stream: TextIO) -> None:
    """Let what is buffered for a stream that can't be written go nowhere, or Python complains at its exit."""
    with suppress(io.UnsupportedOperation):  # a stream of a test, which has no file
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


class _Visible(logging.Formatter):
    """A warning on one line, in the language that is spoken, the names in it harmless."""

    def format(self, record: logging.LogRecord) -> str:
        if ui.language() == "en":
            return visible(record.getMessage())
        from langcov.report.languages.name import warning_in_words  # as in ``in_words``

        values = record.args if isinstance(record.args, tuple) else ()
        return visible(warning_in_words(str(record.msg), *values), ui.APART)


def _flush_or_drop(stream: TextIO) -> None:
    """Write what is buffered, or where nobody reads it any more let it go."""
    try:
        stream.flush()
    except OSError:
        _drop(stream)


def _prepare_streams() -> None:
    """Let nothing be lost for want of a letter: a file or pipe gets UTF-8, a terminal question marks."""
    sys.stdout = sys.stdout or Path(os.devnull).open("w")  # noqa: SIM115 (None: the shell closed it)
    sys.stderr = sys.stderr or Path(os.devnull).open("w")  # noqa: SIM115
    if logging.lastResort:
        logging.lastResort.setFormatter(_Visible())
    if not isinstance(sys.stdout, io.TextIOWrapper):
        return
    if sys.stdout.isatty():
        sys.stdout.reconfigure(errors="replace")
    else:
        sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace")


def _top_parser() -> Parser:
    commands = "".join(f"  {name:<12}{ui._(purpose)}\n" for name, purpose in COMMANDS.items())
    parser = Parser(
        prog="langcov",
        usage="langcov [-h] [--version] COMMAND ...",
        description="Measure how well tokenizers and language ID handle the languages of Russia.",
        epilog="\n".join((ui._("commands:"), commands, ui._("langcov COMMAND --help tells its options."))),
        formatter_class=RawHelp,
    )
    parser.add_argument("--version", action="version", version=f"langcov {__version__}")
    return parser
