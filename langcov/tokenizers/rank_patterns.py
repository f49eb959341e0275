"""The regexes by which files of ranks are cut: the files say nothing of them, and no other gives their ids.

``langcov/data/rank_patterns.tsv`` has those of makers other than OpenAI, whose library has its own;
``rank_files.tsv`` says which published file has which. Both name their sources.
"""

from __future__ import annotations

import re
from pathlib import Path
from types import FunctionType
from typing import Any, Literal, NamedTuple, cast

from langcov.core.libraries import require
from langcov.data import read_table
from langcov.errors import UserError, did_you_mean
from langcov.tokenizers.model_file import read

Form = Literal["NFC", "NFD", "NFKC", "NFKD"]
_OPENAI = ("gpt2", "cl100k_base", "o200k_base")
_NAMED = {row["name"]: row for row in read_table("rank_patterns.tsv")}
PATTERNS = (*_OPENAI, *_NAMED)


class Pattern(NamedTuple):
    """How text is cut.

    Attributes:
        regex: matches the pieces in which ranks are merged.
        form: the normal form (``NFC``) into which its maker puts text first.
        name: one of ``PATTERNS``; empty for a regex that was given.
    """

    regex: str
    form: Form | None = None
    name: str = ""


def pattern_for(path: str, query: str, digest: str) -> Pattern:
    """What a file of ranks is cut by.

    Args:
        path: the file, for messages.
        query: ``pattern=NAME``, ``pattern=@FILE`` or ``pattern=REGEX``; empty if nothing was said.
        digest: sha256 of the file.

    Raises:
        UserError: nothing was said and the file is not a published one; or what was said is no pattern.
    """
    key, _, wanted = query.partition("=")
    if query and (key != "pattern" or wanted in ("", "@")):
        raise UserError(f"{path}?{query}: write ?pattern=@FILE, ?pattern=REGEX or ?pattern=NAME")
    if not wanted and (own := published(digest)):
        return own
    if not wanted:
        raise UserError(
            f"{path}: not a published file, and no pattern but its maker's gives its ids: write that regex "
            f"into a file and name it, tiktoken:{path}?pattern=@FILE (if it is one of these, by name: "
            f"{', '.join(PATTERNS)})"
        )
    if wanted in PATTERNS:
        return _of_name(wanted)
    if wanted.startswith("@"):
        return Pattern(_from_file(wanted[1:]))
    if re.fullmatch(r"[\w.-]+", wanted):
        known = f"{did_you_mean(wanted, PATTERNS)} (known: {', '.join(PATTERNS)}; or @FILE, or a regex)"
        raise UserError(f"{path}?pattern={wanted}: no pattern of that name{known}")
    return Pattern(wanted)


def published(digest: str) -> Pattern | None:
    """The pattern of a published file of ranks, by its sha256; None for others."""
    names = (row["pattern"] for row in read_table("rank_files.tsv") if row["sha256"] == digest)
    return next(map(_of_name, names), None)


def published_files() -> dict[str, str]:
    """The sha256 of published files of ranks by their name, and of others by itself."""
    rows = read_table("rank_files.tsv")
    named = {name: row["sha256"] for row in rows for name in re.findall(r"\S+\.tiktoken\b", row["file"])}
    encodings = {f"{row['file'].partition(';')[0]}.tiktoken": row["sha256"] for row in rows}
    return {row["sha256"]: row["sha256"] for row in rows} | encodings | named


def _of_name(name: str) -> Pattern:
    form = _NAMED[name]["form"] if name in _NAMED else ""
    return Pattern(pattern_of(name), cast(Form, form) or None, name)


def pattern_of(name: str) -> str:
    """The regex of this name; OpenAI's as the installed tiktoken has them."""
    return _NAMED[name]["pattern"] if name in _NAMED else str(_openai(name)["pat_str"])


def special_ids(name: str) -> list[int] | None:
    """The ids of the special tokens that belong to a pattern's name, which no file of ranks has.

    Returns:
        None where they are not known: those of makers other than OpenAI.
    """
    return list(_openai(name)["special_tokens"].values()) if name in _OPENAI else None


def _openai(name: str) -> dict[str, Any]:
    """What the installed tiktoken has of an encoding beside its ranks.

    It stands inside the function that also fetches the ranks: that is run with nothing to fetch.
    """
    published = require("tiktoken_ext.openai_public", "tiktoken", "a .tiktoken file")
    constructor = published.r50k_base if name == "gpt2" else getattr(published, name)
    names = {**vars(published), "load_tiktoken_bpe": lambda *_, **__: {}}
    made: dict[str, Any] = FunctionType(constructor.__code__, names)()
    return made


def _from_file(path: str) -> str:
    """The regex that is a file's whole content; a line end after it is none of it."""
    try:
        return read(Path(path)).decode("utf-8-sig").rstrip("\r\n")
    except UnicodeDecodeError as error:
        raise UserError(f"{path}: not a regex: byte {error.start} is not UTF-8") from None
