"""From what a user names to a loaded tokenizer: kinds, catalogue names, bare paths and objects."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from langcov.core.bundled import bundled
from langcov.core.plugins import imported, refusal, split_label, with_plug_ins
from langcov.errors import UserError
from langcov.tokenizers.protocol import Tokenizer
from langcov.tokenizers.sniff import kind_of_file

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

BUILTIN = {
    "bytes": "langcov.tokenizers.builtin:load_bytes",
    "chars": "langcov.tokenizers.builtin:load_chars",
    "hf": "langcov.tokenizers.huggingface:load",
    "rwkv": "langcov.tokenizers.rwkv:load",
    "spm": "langcov.tokenizers.sentencepiece:load",
    "tekken": "langcov.tokenizers.tekken:load",
    "tiktoken": "langcov.tokenizers.tiktoken:load",
    "vocab": "langcov.tokenizers.vocab:load",
    "wordpiece": "langcov.tokenizers.wordpiece:load",
}
ENTRY_POINTS = "langcov.tokenizers"


@dataclass(frozen=True)
class System:
    """A tokenizer under the name that a result shows.

    Attributes:
        name: the label given as ``NAME=SPEC``, else taken from the file, repository or object.
        spec: what was asked for, without the label.
        kind: the library's family (``sentencepiece``, ``tiktoken`` …).
        tokenizer: ready to encode.
        engine: whose ids they are: the library's own (``reference``), or those of a certified engine.
    """

    name: str
    spec: str
    kind: str
    tokenizer: Tokenizer
    engine: str = "reference"

    @property
    def library(self) -> Tokenizer:
        """The tokenizer without an engine before it."""
        library: Tokenizer = getattr(self.tokenizer, "reference", self.tokenizer)
        return library


@dataclass(frozen=True)
class Entry:
    """One tokenizer of a catalogue.

    Attributes:
        spec: its SPEC, a file made absolute.
        description: in one line.
        bundled: it comes with langcov and is measured when no tokenizer is named.
    """

    spec: str
    description: str
    bundled: bool


def load(spec: Any, catalog: Path | None = None) -> System:
    """Load a tokenizer.

    Args:
        spec: ``KIND:FILE``, ``KIND:NAME``, a bare path, a name of the catalogue, any of them labelled
            ``NAME=SPEC``; or an object of a library (``langcov.tokenizers.callables``).
        catalog: a ``catalog.toml``; None is the bundled one.

    Raises:
        UserError: there is no such kind, name or file, or the file isn't what it should be.
        MissingLibrary: the library behind it is not installed.

    >>> load("bytes").tokenizer.encode(["ab"]).counts.tolist()
    [2]
    >>> load("mine=chars").name
    'mine'
    """
    if not isinstance(spec, (str, Path)):
        from langcov.tokenizers.callables import wrap

        name, tokenizer = wrap(spec)
        return System(name, f"object:{type(spec).__name__}", tokenizer.kind, tokenizer)
    label, spec = split_label(str(spec))
    entries = read_catalog(catalog)
    kind, rest = _resolve(entries[spec].spec if spec in entries else spec, entries)
    loaded: Tokenizer = imported(known_kinds()[kind])(rest)
    name = label or (spec if spec in entries else default_name(kind, rest))
    return System(name, spec, loaded.kind, loaded)


def bundled_names() -> list[str]:
    """The names of the tokenizers that are measured when none is named, in the order of the catalogue."""
    return [name for name, entry in read_catalog().items() if entry.bundled]


def read_catalog(path: Path | None = None) -> dict[str, Entry]:
    """The tokenizers of a ``catalog.toml``, by name.

    A table each: ``spec`` (files relative to the catalogue), ``description``, ``bundled``.

    Args:
        path: the catalogue; None is the bundled one, empty where there is none.

    Raises:
        UserError: the catalogue is missing or isn't TOML with a ``spec`` for each name.
    """
    if path is None:
        path = bundled("tokenizers") / "catalog.toml"
        if not path.is_file():
            return {}
    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8"))
        return {name: _entry(table, path.parent) for name, table in tables.items()}
    except OSError as error:
        raise UserError(f"{path}: can't be read: {error.strerror}") from None
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise UserError(f"{path}: not a tokenizer catalogue ([name], spec = …): {error}") from None


def known_kinds() -> dict[str, str]:
    """The kinds of SPEC and the ``module:function`` that loads each, plug-ins included.

    Raises:
        UserError: a plug-in claims a kind that is taken.
    """
    return with_plug_ins(BUILTIN, ENTRY_POINTS, "tokenizer")


def default_name(kind: str, rest: str) -> str:
    """The name of a tokenizer that was given none.

    >>> default_name("spm", "models/grok1.spm.model"), default_name("hf", "models/gemma/tokenizer.json")
    ('grok1', 'gemma')
    >>> default_name("hf", "org/Model-7B@main"), default_name("tiktoken", "x.tiktoken?pattern=gpt2")
    ('Model-7B', 'x')
    """
    path = Path(re.sub(r"\?pattern=.*|@[^/]*$", "", rest)) if rest else Path(kind)
    suffix = r"(\.spm|\.vocab|\.tekken)?\.(model|json|tiktoken|txt|vec|bin|ftz|tsv)$"
    name = re.sub(suffix, "", path.name)
    generic = name in {"tokenizer", "tekken", "vocab", "spiece", "sentencepiece", "sentencepiece.bpe", "spm"}
    return path.resolve().parent.name if generic and name != path.name else name


def _resolve(spec: str, entries: Iterable[str]) -> tuple[str, str]:
    """The kind and the rest of a SPEC that is no catalogue name."""
    kinds = known_kinds()
    kind, colon, rest = spec.partition(":")
    if kind in kinds and (colon or kind in {"bytes", "chars"}):
        if colon and not rest:
            raise UserError(f"{spec!r}: nothing after {kind}: name a file")
        return kind, rest
    if Path(spec).exists():
        return kind_of_file(spec), spec
    raise refusal(spec, kinds, ["bytes", "chars", *entries], "tokenizer")


def _entry(table: Mapping[str, Any], folder: Path) -> Entry:
    """A table of a catalogue; its file, where the SPEC names one, is found beside the catalogue."""
    kind, _, rest = table["spec"].partition(":")
    file, question, query = rest.partition("?")
    beside = folder / file
    spec = f"{kind}:{beside}{question}{query}" if file and beside.is_file() else table["spec"]
    return Entry(spec, table.get("description", ""), table.get("bundled", False))
