"""Questions on a terminal: what each is for, an example, and once more after a wrong answer."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from langcov.core.ui import _
from langcov.corpora.card.schema import Field
from langcov.corpora.card.values import LICENCES
from langcov.errors import UserError
from langcov.languages import find

Wrong = Callable[[Any], str | None]
"""From an answer to what is wrong with it."""


def can_ask() -> bool:
    """Whether somebody sits there."""
    return sys.stdin.isatty() and sys.stdout.isatty()


def ask(field: Field, place: str, default: str, wrong: Wrong) -> Any:
    """The value of a field; None where the question was skipped.

    Args:
        field: what is asked for.
        place: what it is called, ``year of che_Cyrl``.
        default: what an empty answer stands for.
        wrong: sees whether the card may say so.

    Raises:
        KeyboardInterrupt: Ctrl-C, or the end of input.
    """
    print(f"\n{place}. {_(field.why)}")
    if field.check and "licence" in field.name:
        print(_("The usual ones: {licences}", licences=", ".join(LICENCES)))
    elif field.example and not default:
        print(_("For example: {example}", example=field.example))
    if list in field.types:
        return _several(wrong)
    pressed_enter = False
    while True:
        answer = line(f"[{default}] > " if default else "> ") or default
        if not answer and (pressed_enter or not field.needed):
            return None
        if not answer:
            pressed_enter = True
            print(_("A submission needs this. Press Enter once more to leave it for later."))
            continue
        value = as_value(field, answer)
        truth = bool not in field.types or isinstance(value, bool)
        problem = wrong(value) if truth else _("Answer yes or no.")
        if not problem:
            return value
        print(problem)


def _several(wrong: Wrong) -> list[str] | None:
    """Answers until an empty one."""
    print(_("One a line; Enter alone ends."))
    answers: list[str] = []
    while answer := line("> "):
        answers.append(answer)
    return answers or None


def ask_language(file: str) -> str | None:
    """The id of the language of a file, or None to leave the file out."""
    print(_("\nIn which language is {file}? Its code or its name; Enter leaves the file out.", file=file))
    while answer := line("> "):
        try:
            return find(answer).id
        except UserError as problem:
            print(problem)
    return None


def line(prompt: str) -> str:
    """What is typed after a prompt, without spaces around it."""
    with suppress(ImportError):
        import readline  # noqa: F401 (input() edits whole letters with it)
    try:
        return input(prompt).strip()
    except EOFError:
        raise KeyboardInterrupt from None


def as_value(field: Field, answer: Any) -> Any:
    """An answer as the field has it: yes and no are true and false, a year a number; all else stays text.

    >>> from langcov.corpora.card.schema import FIELDS
    >>> as_value(FIELDS["ocr"], "Yes"), as_value(FIELDS["ocr"], "нет"), as_value(FIELDS["name"], "no")
    (True, False, 'no')
    """
    truth: dict[str, bool] = {"yes": True, "y": True, "да": True, "no": False, "n": False, "нет": False}
    if bool in field.types and isinstance(answer, str):
        return truth.get(answer.casefold(), answer)
    return int(answer) if int in field.types and re.fullmatch(r"\d{1,4}", answer, re.ASCII) else answer
