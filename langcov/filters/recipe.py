"""A recipe: the filters that a published corpus was made with, in their order, as a TOML file says it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib.metadata import PackageNotFoundError, version
from importlib.resources import files
from pathlib import Path
from typing import Any

from packaging.specifiers import InvalidSpecifier, SpecifierSet

from langcov import __version__
from langcov.core import toml
from langcov.errors import MissingLibrary, UserError, did_you_mean

EXTRA, WANTED_FOR = "filters", "applying a recipe"
OPUSFILTER = "opusfilter"
"""Its own extra: it brings many packages."""
_TEXTS = ("title", "source", "licence", "library", "versions")
_ENDING = ".toml"
STEP = "language"
"""What a step with a model is called."""
OWN = "langcov"
LIBRARIES = {
    "datatrove": "langcov.filters.libraries.datatrove:make",
    "jusText": "langcov.filters.libraries.justext:make",
    OWN: "langcov.filters.libraries.own:make",
    "opusfilter": "langcov.filters.libraries.opusfilter:make",
    "trafilatura": "langcov.filters.libraries.trafilatura:make",
}
"""Distribution → what makes its filters, imported when it is first needed."""


@dataclass(frozen=True)
class Step:
    """A filter of the library, a language-ID model, or what can't be judged on clean text alone.

    Attributes:
        name: the class or function of the filter, or what the step is called.
        arguments: that the recipe gives it in every language.
        keys: argument → what it is called in the file of a language.
        not_judged: why it is no filter here; empty where it is one.
        model: the language-ID model of the recipe; empty where the step is none.
    """

    name: str
    arguments: Mapping[str, Any] = field(default_factory=dict)
    keys: Mapping[str, str] = field(default_factory=dict)
    not_judged: str = ""
    model: str = ""


@dataclass(frozen=True)
class Files:
    """The files of a recipe, one a language.

    Attributes:
        name: of a file, with ``{language}`` in it.
        url: of the folder that has them.
        sha256: of each, by language.
    """

    name: str
    url: str
    sha256: Mapping[str, str]


@dataclass(frozen=True)
class Recipe:
    """What a recipe says.

    Attributes:
        name: of its file.
        library, versions: the distribution whose filters these are, and of which versions (PEP 440).
        words: the language by whose rules words are told apart; empty for that of the text.
        unit: what it judges: a ``document``, or each ``line`` of it.
        files: None where all languages are treated alike.
    """

    name: str
    title: str
    source: str
    licence: str
    library: str
    versions: str
    steps: tuple[Step, ...]
    words: str = ""
    unit: str = "document"
    files: Files | None = None

    def installed(self) -> str:
        """The version of the library that is here.

        Raises:
            MissingLibrary: there is none.
            UserError: it is not one that the recipe was written for.
        """
        try:
            found = __version__ if self.library == OWN else version(self.library)
        except PackageNotFoundError:
            extra = OPUSFILTER if self.library == OPUSFILTER else EXTRA
            raise MissingLibrary(self.library, extra, WANTED_FOR) from None
        if not SpecifierSet(self.versions).contains(found, prereleases=True):
            raise UserError(
                f"recipe {self.name} is of {self.library} {self.versions}, and {found} is installed, whose "
                f"rules may be others: pip install '{self.library}{self.versions}'"
            )
        return found


def recipes() -> dict[str, Path]:
    """Name → file of the recipes that come with langcov.

    >>> "fineweb-2" in recipes()
    True
    """
    folder = Path(str(files("langcov.data") / "recipes"))
    return {path.stem: path for path in sorted(folder.glob(f"*{_ENDING}"))}


def load(name: str) -> Recipe:
    """The recipe of a name, or of a file.

    Raises:
        UserError: there is none (names the nearest), or its file is no recipe.
    """
    known = recipes()
    if name in known:
        return _recipe(known[name])
    if name.endswith(_ENDING):
        return _recipe(Path(name))
    hint = did_you_mean(name, known)
    raise UserError(f"unknown recipe {name!r}{hint} (known: {', '.join(known)}; or a file {_ENDING})")


def _recipe(path: Path) -> Recipe:
    said = toml.read(path)
    try:
        texts = {key: _of(str, said.pop(key), key) for key in _TEXTS}
        steps = tuple(_step(one) for one in _of(list, said.pop("steps"), "steps"))
        own = _files(_of(dict, said.pop("files"), "files")) if "files" in said else None
        words = _of(str, said.pop("words", ""), "words")
        unit = _one_of(("document", "line"), said.pop("unit", "document"), "unit")
        _one_of(tuple(LIBRARIES), texts["library"], "library")
        SpecifierSet(texts["versions"])
    except KeyError as missing:
        raise UserError(f"{path}: {missing.args[0]} is missing (docs/CONTRACT.md, langcov filters)") from None
    except (TypeError, InvalidSpecifier) as wrong:
        raise UserError(f"{path}: {wrong} (docs/CONTRACT.md, langcov filters)") from None
    if said:
        raise UserError(f"{path}: a recipe has no {next(iter(said))} (docs/CONTRACT.md, langcov filters)")
    if own is None and (keyed := next((step for step in steps if step.keys), None)):
        raise UserError(
            f"{path}: {keyed.name} has keys, but the recipe no files (docs/CONTRACT.md, langcov filters)"
        )
    return Recipe(path.stem, steps=steps, words=words, unit=unit, files=own, **texts)


def _step(said: object) -> Step:
    table = dict(_of(dict, said, "a step"))
    reason = _of(str, table.pop("not_judged", ""), "not_judged")
    model = _of(str, table.pop("model", ""), "model")
    step = Step(
        STEP if model else _of(str, table.pop("name" if reason else "filter"), "the name of a step"),
        _of(dict, table.pop("arguments", {}), "arguments"),
        _of(dict, table.pop("keys", {}), "keys"),
        reason,
        model,
    )
    if table:
        raise TypeError(f"a step has no {next(iter(table))}")
    return step


def _files(said: Mapping[str, Any]) -> Files:
    sums = _of(dict, said["sha256"], "files.sha256")
    return Files(_of(str, said["name"], "files.name"), _of(str, said["url"], "files.url"), sums)


def _of(kind: type[Any], value: Any, what: str) -> Any:
    if not isinstance(value, kind):
        raise TypeError(f"{what} must be a {_KINDS[kind]}")
    return value


def _one_of(known: tuple[str, ...], value: Any, what: str) -> str:
    if value not in known:
        raise TypeError(f"{what} must be one of {', '.join(known)}, not {value!r}")
    return str(value)


_KINDS: dict[Any, str] = {str: "string", list: "list", dict: "table"}
