"""The file that says what a recipe does to one language: the user's, or fetched once into the cache."""

from __future__ import annotations

import hashlib
import shlex
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from langcov.core.files import cache_folder
from langcov.core.libraries import require
from langcov.corpora.pull.download import Resuming
from langcov.errors import MissingLibrary, UserError
from langcov.filters.recipe import EXTRA, WANTED_FOR, Files, Recipe
from langcov.languages import members

ANY = "[a-z]" * 3 + "_[A-Z]" + "[a-z]" * 3
"""The id of any language, as a pattern."""
BELOW = 3
"""Folders deep is looked for files where the one that was named has none."""


@dataclass(frozen=True)
class Configuration:
    """What a recipe does to one language.

    Attributes:
        language: as the recipe calls it: of a macrolanguage, its member.
        path: of the file.
    """

    language: str
    path: Path

    @cached_property
    def content(self) -> bytes:
        """The file.

        Raises:
            UserError: it can't be read.
        """
        try:
            return self.path.read_bytes()
        except OSError as problem:
            raise UserError(f"{self.path}: can't be read: {problem.strerror}") from None

    @property
    def sha256(self) -> str:
        """Of the file."""
        return hashlib.sha256(self.content).hexdigest()

    @cached_property
    def values(self) -> Mapping[str, Any]:
        """What it says.

        Raises:
            UserError: it is not YAML, or no table.
        """
        yaml = require("yaml", EXTRA, WANTED_FOR)
        try:
            found = yaml.safe_load(self.content)
        except (yaml.YAMLError, ValueError) as problem:
            line = " ".join(str(problem).split())
            raise UserError(f"{self.path}: not YAML: {line}") from None
        if not isinstance(found, dict):
            raise UserError(f"{self.path}: holds no keys with values")
        return found

    def value(self, key: str) -> Any:
        """One of these.

        Raises:
            UserError: the file doesn't say it.
        """
        if key not in self.values:
            raise UserError(f"{self.path}: says no {key}, which the recipe needs")
        return self.values[key]


def configuration(recipe: Recipe, language: str, folder: Path | None = None) -> Configuration | None:
    """The file of a language; None if the recipe has none.

    Args:
        folder: where the user has them; None fetches the file, or takes it from the cache.

    Raises:
        UserError: it can't be fetched, or is not the one that the recipe is of; the folder has none.
        MissingLibrary: pooch or requests.
    """
    files = recipe.files
    if files is None:
        return None
    if folder is not None:
        _see(folder, files, recipe.name)
    for name in (language, *_members(language)):
        if folder is None and name in files.sha256:
            return Configuration(name, _fetched(recipe.name, files, name))
        if folder is not None and (path := folder / files.name.format(language=name)).is_file():
            return Configuration(name, path)
    return None


def _see(folder: Path, files: Files, recipe: str) -> None:
    """Refuse what is no folder of files of the recipe, and say which is where it lies below.

    Raises:
        UserError: there are no such files in it.
    """
    if folder.is_file():
        raise UserError(f"{folder}: is a file: name the folder that it is in with --recipe-files")
    if not folder.is_dir():
        raise UserError(f"{folder}: no such folder of files of {recipe}")
    pattern = files.name.format(language=ANY)
    if any(folder.glob(pattern)):
        return
    below = (found for depth in range(1, BELOW + 1) for found in folder.glob("*/" * depth + pattern))
    if found := next(below, None):
        there = found.parents[pattern.count("/")]
        raise UserError(
            f"{folder} has no files of {recipe}, but {there} has: --recipe-files {shlex.quote(str(there))}"
        )
    raise UserError(
        f"{folder} has no files of {recipe}, one a language ({files.name.format(language='tat_Cyrl')} …)"
    )


def _members(language: str) -> list[str]:
    """The languages of a macrolanguage in its script."""
    code, _, script = language.partition("_")
    return [one.id for one in members(code) if one.script == script]


def _fetched(recipe: str, files: Files, language: str) -> Path:
    cache = cache_folder()
    try:
        import pooch
        import requests  # noqa: F401 (Resuming needs it)
    except ImportError:
        raise MissingLibrary("pooch", "pull", f"fetching the files of {recipe}") from None
    name = files.name.format(language=language)
    folder = (cache or Path(pooch.os_cache("langcov"))) / "recipes" / recipe
    folder.mkdir(parents=True, exist_ok=True)
    pooch.get_logger().setLevel("WARNING")
    url = f"{files.url.rstrip('/')}/{name}"
    download = Resuming(folder / f"{name}.part", lambda _: None)
    try:
        return Path(pooch.retrieve(url, files.sha256[language], name, folder, downloader=download))
    except ValueError:
        raise UserError(
            f"{url}: is not the file that recipe {recipe} names by its sha256: fetch it yourself and name "
            "its folder with --recipe-files"
        ) from None
    except UserError as error:
        raise UserError(f"{error}; or fetch it yourself and name its folder with --recipe-files") from None
