"""Write the card of a corpus, corpus.toml, by asking on a terminal or from options.

Script, Glottocode and the language's own name come from the table of languages. A card that is there is
never overwritten; Ctrl-C writes nothing.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any

from langcov.cli import EXIT_DONE, in_words
from langcov.core.files import write_whole
from langcov.core.names import several, visible
from langcov.core.ui import _
from langcov.corpora.card.card import CARD
from langcov.corpora.card.draft import alignment, card_toml, facts, files_by_language
from langcov.corpora.card.schema import FIELDS, LANGUAGE_FIELDS, Field, as_value, missing, problems
from langcov.corpora.card.values import LICENCES, NO_LICENCE
from langcov.errors import UserError
from langcov.languages import find
from langcov.report.languages.name import language_name

Wrong = Callable[[Any], str | None]  # from an answer to what is wrong with it


def can_ask() -> bool:
    """Whether somebody sits there."""
    return sys.stdin.isatty() and sys.stdout.isatty()


def ask(field: Field, place: str, default: str, wrong: Wrong) -> Any:
    """The value of a field; None where the question was skipped.

    Args:
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
        print(_("For example: {example}", example=field.said_example))
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
        print(visible(problem))


def _several(wrong: Wrong) -> list[str] | None:
    """Answers until an empty one."""
    print(_("One a line; Enter alone ends."))
    answers: list[str] = []
    while answer := line("> "):
        answers.append(answer)
    return answers or None


def ask_language(file: str) -> str | None:
    """A name of the language of a file, or None to leave the file out."""
    print(_("\nIn which language is {file}? Its code or its name; Enter leaves the file out.", file=file))
    while answer := line("> "):
        try:
            find(answer)
            return answer
        except UserError as problem:
            print(visible(in_words(problem)))
    return None


def line(prompt: str) -> str:
    """What is typed after a prompt, without spaces around it."""
    with suppress(ImportError):
        import readline  # noqa: F401 (input() edits whole letters with it)
    try:
        return input(prompt).strip()
    except EOFError:
        raise KeyboardInterrupt from None


PURPOSE = "describe a corpus: write its card by asking, or from options"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Its options: one for each field that is asked for."""
    add = parser.add_argument
    add(
        "folder", type=Path, metavar="DIR", help="the folder with the files of text, which gets a corpus.toml"
    )
    add("--lang", action="append", default=[], metavar="L", help="the language (repeat, or a,b,c)")
    add("--file", action="append", default=[], metavar="[L=]FILE", help="a file in DIR, with its language")
    for field in _asked(FIELDS):
        kind = "yes|no" if bool in field.types else field.flag[2:].upper()
        action = "append" if list in field.types else "store"
        add(field.flag, dest=field.name, action=action, metavar=kind, help=_(field.why))
    for field in _asked(LANGUAGE_FIELDS):
        kind = f"[L=]{field.name.upper()}"
        add(field.flag, dest=field.name, action="append", default=[], metavar=kind, help=_(field.why))
    add("--yes", action="store_true", help="ask nothing")


def run(args: argparse.Namespace) -> int:
    path = args.folder / CARD
    _check_folder(path)
    asking = can_ask() and not args.yes
    card = _from_options(args, asking)
    problem = next(problems(card), None)
    if problem:
        raise UserError(problem)
    if asking:
        _ask_all(card)
    elif flags := [field.flag for field, languages in missing(card)]:
        raise UserError(f"{path} is not written: a submission needs {', '.join(flags)} too")
    _check_folder(path)
    try:
        write_whole(path, card_toml(card).encode())
    except UnicodeEncodeError:
        raise UserError(f"{path} is not written: a value or the name of a file is not UTF-8") from None
    print(_("{path} is written.", path=path))
    print(_("See whether it is ready for a submission: langcov corpora card {folder}", folder=args.folder))
    return EXIT_DONE


def _asked(fields: Mapping[str, Field]) -> list[Field]:
    return [field for field in fields.values() if field.asked]


def _check_folder(path: Path) -> None:
    """See that there is a folder, and no card in it yet."""
    if not path.parent.is_dir():
        raise UserError(f"{path.parent}: no such folder; make it and put the text in it")
    if path.exists():
        raise UserError(f"{path} exists and is never overwritten: edit it, or move it away")


def _from_options(args: argparse.Namespace, asking: bool) -> dict[str, Any]:
    ask_for = ask_language if asking else None
    files = files_by_language(args.folder, args.file, several(args.lang), ask_for)
    languages = {id: facts(id, names) for id, names in sorted(files.items())}
    for field in _asked(LANGUAGE_FIELDS):
        for item in getattr(args, field.name):
            for id, value in _by_language(item, list(languages)):
                languages[id][field.name] = as_value(field, value)
    card: dict[str, Any] = {"name": args.folder.resolve().name}
    if counted := alignment(args.folder, files):
        card["alignment"] = counted
    for field in _asked(FIELDS):
        if (told := getattr(args, field.name)) is not None:
            card[field.name] = as_value(field, told)
    return {**card, "languages": languages}


def _by_language(item: str, languages: list[str]) -> Iterator[tuple[str, str]]:
    """``L=VALUE`` of one language, ``VALUE`` of all."""
    name, equals, value = item.partition("=")
    if equals and (not languages or find(name).id in languages):
        yield find(name).id, value
    else:
        yield from ((id, item) for id in languages)


def _ask_all(card: dict[str, Any]) -> None:
    """Ask for what the options did not say, and put the answers into the card."""
    print(_("Enter skips a question. Ctrl-C writes nothing."))
    for field in _asked(FIELDS):
        if field.name == "name" or (field.name not in card and not _pointless(field, card)):
            _ask(field, card, card, field.name)
    for id, told in card["languages"].items():
        for field in _asked(LANGUAGE_FIELDS):
            of_dialect = field.name == "glottocode" and "dialect" in told
            if field.name not in told or of_dialect:
                _ask(field, card, told, f"{field.name}, {language_name(id)} ({id})")


def _ask(field: Field, card: dict[str, Any], told: dict[str, Any], title: str) -> None:
    """Put the answer to a question into a card, or into the facts of one of its languages."""
    answer = ask(field, title, str(told.get(field.name, "")), partial(_wrong, card, told, field.name))
    if answer is not None:
        told[field.name] = answer


def _wrong(card: dict[str, Any], told: dict[str, Any], name: str, value: Any) -> str | None:
    """What is wrong with the card if it says so."""
    before = dict(told)
    told[name] = value
    try:
        return next(problems(card), None)
    finally:
        told.clear()
        told.update(before)


def _pointless(field: Field, card: Mapping[str, Any]) -> bool:
    """Whether what the card says already leaves nothing to ask."""
    if field.name == "counts_licence":
        return card.get("licence") != NO_LICENCE
    return field.name == "alignment" and len(card["languages"]) < 2
