"""The kinds of tokenizers, the bundled catalogue, and from what a user names to a loaded tokenizer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from langcov.core import toml
from langcov.core.files import bundled
from langcov.core.kinds import Kind, Kinds
from langcov.errors import UserError
from langcov.tokenizers.protocol import Tokenizer
from langcov.tokenizers.sniff import kind_of_file

KINDS = Kinds(
    what="tokenizer",
    group="langcov.tokenizers",
    builtin={
        "bpe": Kind("langcov.tokenizers.bpe:load", "file"),
        "bytes": Kind("langcov.tokenizers.builtin:Bytes", "nothing", yardstick=True),
        "chars": Kind("langcov.tokenizers.builtin:Chars", "nothing", yardstick=True),
        "clip": Kind("langcov.tokenizers.clip:load", "file"),
        "gguf": Kind("langcov.tokenizers.gguf:load", "file"),
        "hf": Kind("langcov.tokenizers.huggingface:load", "file"),
        "rwkv": Kind("langcov.tokenizers.rwkv:load", "file"),
        "spm": Kind("langcov.tokenizers.sentencepiece:load", "file"),
        "tekken": Kind("langcov.tokenizers.tekken:load", "file"),
        "tiktoken": Kind("langcov.tokenizers.tiktoken:load", "file"),
        "vocab": Kind("langcov.tokenizers.vocab:load", "file"),
        "wordpiece": Kind("langcov.tokenizers.wordpiece:load", "file"),
    },
    of_file=kind_of_file,
    of_object="langcov.tokenizers.callables:wrap",
)


@dataclass(frozen=True)
class System:
    """A tokenizer under the name that a result shows.

    Attributes:
        name: the label given as ``NAME=SPEC``, else taken from the file, repository or object.
        spec: what was asked for, without the label.
        tokenizer: ready to encode.
        engine: whose ids they are: the library's own (``reference``), or those of a certified engine.
    """

    name: str
    spec: str
    tokenizer: Tokenizer
    engine: str = "reference"

    @property
    def kind(self) -> str:
        """The library's family (``sentencepiece``, ``tiktoken`` …)."""
        return self.tokenizer.kind

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
        bundled: it comes with langcov and is measured when no tokenizer is named.
    """

    spec: str
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
    return System(*KINDS.load(spec, {name: entry.spec for name, entry in read_catalog(catalog).items()}))


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
    tables = toml.read(path)
    try:
        return {name: _entry(table, path.parent) for name, table in tables.items()}
    except (KeyError, TypeError, AttributeError) as error:
        raise UserError(f"{path}: not a tokenizer catalogue ([name], spec = …): {error}") from None


def _entry(table: Mapping[str, Any], folder: Path) -> Entry:
    """A table of a catalogue; its file, where the SPEC names one, is found beside the catalogue."""
    kind, _, rest = table["spec"].partition(":")
    file, question, query = rest.partition("?")
    beside = folder / file
    spec = f"{kind}:{beside}{question}{query}" if file and beside.is_file() else table["spec"]
    return Entry(spec, table.get("bundled", False))
