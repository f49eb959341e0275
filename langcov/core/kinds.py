"""Kinds of tokenizers and of language-ID models, and the way from what a user names to one that is loaded."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Literal

from langcov.core.plugins import imported, load_entry, registry
from langcov.errors import MissingLibrary, UserError, did_you_mean

_ENDING = re.compile(r"(\.spm|\.vocab|\.tekken)?\.(model|json|tiktoken|txt|vec|bin|ftz|tsv|gguf)$")
_SAY_NOTHING = {
    "tokenizer",
    "tekken",
    "vocab",
    "merges",
    "spiece",
    "sentencepiece",
    "sentencepiece.bpe",
    "spm",
}


@dataclass(frozen=True)
class Kind:
    """What stands before the colon of a SPEC: ``spm`` in ``spm:my.model``.

    Attributes:
        load: makes a tokenizer, or a model, of what follows the colon (of no argument where nothing does); a
            function, or the ``module:function`` of one, imported when it is first needed.
        takes: what follows the colon: a ``file`` (or a name of something like one), an ``argument`` that is
            no file, ``nothing``; or ``anything``, nothing too: the function sees for itself.
        yardstick: it is there to compare with and nobody would choose it, so that it never counts as best.
        library: the module of a library that comes with a model: what is measured where none is named.
    """

    load: str | Callable[..., Any]
    takes: Literal["file", "argument", "nothing", "anything"] = "anything"
    yardstick: bool = False
    library: str = ""

    def make(self, rest: str) -> Any:
        """Load what a SPEC with this after its colon means."""
        load = imported(self.load) if isinstance(self.load, str) else self.load
        return load() if self.takes == "nothing" else load(rest)

    def default_name(self, kind: str, rest: str) -> str:
        """The name of what was given none: that of the file, else the SPEC.

        >>> of_files = Kind("m:load", "file")
        >>> of_files.default_name("hf", "gemma/tokenizer.json"), of_files.default_name("hf", "org/7B@main")
        ('gemma', '7B')
        >>> Kind("m:load", "argument").default_name("every", "4")
        'every:4'
        """
        if self.takes == "file" or (self.takes == "anything" and Path(rest).is_file()):
            path = Path(re.sub(r"@[^/]*$", "", split_query(rest)[0]))
            name = _ENDING.sub("", path.name)
            return path.resolve().parent.name if name in _SAY_NOTHING and name != path.name else name
        return f"{kind}:{rest}" if rest else kind


@dataclass(frozen=True)
class Kinds:
    """All kinds of tokenizers, or of language-ID models."""

    what: str  # what they are kinds of, for errors
    group: str  # the entry points of plug-ins, each a ``Kind``, or a function that takes ``anything``
    builtin: Mapping[str, Kind]
    of_file: Callable[[str], str]  # from a file that is named without its kind to the kind
    of_object: str  # the ``module:function`` from an object of a library to a name and an adapter

    def all(self) -> dict[str, Kind | Callable[[], Any]]:
        """The kinds by name, and for a plug-in what imports it."""
        builtin: dict[str, Kind | Callable[[], Any]] = {**self.builtin}
        what = f"{self.what} kind"
        return registry(builtin, self.group, what, lambda point: [(point.name, partial(load_entry, point))])

    def get(self, name: str) -> Kind | None:
        """The kind of this name, None if there is none."""
        found = self.all().get(name)
        if found is None or isinstance(found, Kind):
            return found
        entry = found()
        return entry if isinstance(entry, Kind) else Kind(entry, takes="anything")

    def yardstick(self, spec: str, kind: str) -> str | None:
        """The kind of a system, by its SPEC or its own word, where that is a yardstick."""
        names = (spec.partition(":")[0], kind)
        return next((name for name in names if (found := self.get(name)) and found.yardstick), None)

    def installed(self) -> list[str]:
        """The kinds whose library comes with a model and is here: what is measured when none is named."""
        kinds = ((name, self.get(name)) for name in self.all())
        return [name for name, kind in kinds if kind and kind.library and find_spec(kind.library)]

    def load(self, spec: Any, names: Mapping[str, str] | None = None) -> tuple[str, str, Any]:
        """Load what a user names.

        Args:
            spec: ``KIND:REST``, a kind that takes nothing, the path of a file, or one of ``names``, any of
                them labelled ``NAME=SPEC``; or an object of a library.

        Returns:
            A name, the SPEC without its label, and what was loaded.

        Raises:
            UserError: there is no such kind, name or file, or the file isn't what it should be.
            MissingLibrary: the library behind it is not installed.
        """
        if not isinstance(spec, (str, Path)):
            name, adapter = imported(self.of_object)(spec)
            return name, f"object:{type(spec).__name__}", adapter
        shown, spec, name, rest = self.parts(str(spec), names)
        try:
            kind = self.get(name)
            assert kind is not None  # it was found by its name
            return shown, spec, kind.make(rest)
        except MissingLibrary:
            raise
        except UserError:
            self._see_other_kind(name, rest)
            raise

    def parts(self, spec: str, names: Mapping[str, str] | None = None) -> tuple[str, str, str, str]:
        """What a user names, taken apart: its name, the SPEC without a label, the kind, and what follows.

        Raises:
            UserError: there is no such kind, name or file.
        """
        names = names or {}
        label, spec = split_label(spec)
        name, kind, rest = self._resolve(names.get(spec, spec), names)
        own = spec if spec in names else kind.default_name(name, rest)
        return label or own, spec, name, rest

    def _see_other_kind(self, name: str, rest: str) -> None:
        """Say of a file that isn't what the SPEC calls it what it is.

        Raises:
            UserError: it is a file of another kind.
        """
        try:
            other = self.of_file(split_query(rest)[0]) if name in self.builtin else name
        except UserError:
            return
        if other != name:
            raise UserError(f"{rest}: this is a file of the kind {other}, not {name}: {other}:{rest}")

    def _resolve(self, spec: str, names: Mapping[str, str]) -> tuple[str, Kind, str]:
        """The name of the kind of a SPEC without a label, the kind, and what follows the colon."""
        name, colon, rest = spec.partition(":")
        kind = self.get(name)
        if kind and (colon or kind.takes in ("nothing", "anything")):
            if rest and kind.takes == "nothing":
                raise UserError(f"{spec}: {name} takes nothing after it")
            if not rest and kind.takes in ("file", "argument"):
                wanted = "name a file" if kind.takes == "file" else "it needs an argument"
                raise UserError(f"{spec!r}: nothing after {name}: {wanted}")
            return name, kind, rest
        path = split_query(spec)[0]
        if Path(path).exists():
            name = self.of_file(path)
            return name, self.builtin[name], spec
        raise self._refusal(spec, names)

    def _refusal(self, spec: str, names: Mapping[str, str]) -> UserError:
        """The error for a SPEC that is neither a kind, a name nor a file: what is near, what is known."""
        kinds = self.all()
        name, colon, _ = spec.partition(":")
        if colon and re.fullmatch(r"\w{2,}", name):
            known = f"{did_you_mean(name, kinds)} (known kinds: {', '.join(sorted(kinds))})"
            return UserError(f"{spec!r}: unknown kind {name!r}{known}")
        if re.search(r"[/\\]|\.\w+$", spec):
            return UserError(f"{spec}: no such file")
        usable = sorted([*names, *(_usage(name, kind) for name, kind in kinds.items())])
        known = f"{did_you_mean(spec, usable)} (known names: {', '.join(usable)})"
        return UserError(f"{spec!r}: unknown {self.what}, and no such file{known}")


def split_query(rest: str) -> tuple[str, str, str]:
    """The file of a SPEC, the ``?`` after it and the query; a file that is there may have one in its name.

    >>> split_query("a.txt?lowercase"), split_query("a.txt")
    (('a.txt', '?', 'lowercase'), ('a.txt', '', ''))
    """
    ends = [len(rest), *(found.start() for found in re.finditer(r"\?", rest))]
    there = max((end for end in ends if os.path.isfile(rest[:end])), default=None)  # noqa: PTH113 (any length)
    return (
        rest.partition("?") if there is None else (rest[:there], rest[there : there + 1], rest[there + 1 :])
    )


def split_label(spec: str) -> tuple[str, str]:
    """The label of ``NAME=SPEC`` and the SPEC; an empty label where there is none.

    Raises:
        UserError: nothing before or after the ``=``.

    >>> split_label("mine=bytes"), split_label("spm:a=b.model")
    (('mine', 'bytes'), ('', 'spm:a=b.model'))
    """
    label, equals, rest = spec.partition("=")
    if not equals or re.search(r"[:?/\\]", label) or Path(spec).exists():
        return "", spec
    if not label or not rest:
        raise UserError(f"{spec!r}: a label is written NAME=SPEC")
    return label, rest


def _usage(name: str, kind: object) -> str:
    """How a kind is written, as far as that is known without importing it."""
    after = {"file": ":FILE", "argument": ":ARGUMENT"}
    return name + after.get(kind.takes, "") if isinstance(kind, Kind) else name
