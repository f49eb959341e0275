"""What a gate lets pass: metrics, tolerances, and how false alarms are held down (``[gate]`` in TOML)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from typing import Any, Literal, get_args

from langcov.errors import UserError, did_you_mean
from langcov.languages import Language, all_languages, find
from langcov.metrics.lid.registry import lid_metrics
from langcov.metrics.metric import Metric
from langcov.metrics.tokenizers.registry import metrics

Correction = Literal["holm", "bh"]
Ids = Literal["fail", "ignore"]
DEFAULTS = (
    "fertility",
    "premium",
    "lost_characters",
    "unknown_tokens",
    "recall",
    "precision",
    "macro_f1_gold",
)
OVERALL = ("relative", "absolute", "only_significant")  # keys of a tolerance for all figures
ALIASES = {"macro_f1": "macro_f1_gold"}


def _list_of(kind: type) -> Callable[[object], bool]:
    return lambda value: isinstance(value, (list, tuple)) and all(isinstance(one, kind) for one in value)


VALUES: Mapping[str, tuple[Callable[[object], bool], Sequence[str]]] = {
    "number": (
        lambda value: isinstance(value, (int, float)) and not isinstance(value, bool),
        ("relative", "absolute"),
    ),
    "truth value": (lambda value: isinstance(value, bool), ("only_significant",)),
    "text": (lambda value: isinstance(value, str), ("metric", "language", "group", "correction", "ids")),
    "list of texts": (_list_of(str), ("metrics",)),
    "list of tables: write [[gate.tolerance]]": (_list_of(dict), ("tolerance",)),
}
"""What the value of a key has to be: how that is seen, and the keys."""


@dataclass(frozen=True, kw_only=True)
class Tolerance:
    """By how much a figure may get worse."""

    metric: str = ""  # empty: any
    language: str = ""  # an id; empty: any
    group: str = ""  # a family or branch (``Turkic``); empty: any
    relative: float = 0.0  # of the figure of the base
    absolute: float = 0.0  # in the metric's own unit; the larger of both holds
    only_significant: bool = True  # a difference that rows don't carry is let pass however large

    def __post_init__(self) -> None:
        if self.metric:
            _check_metric(self.metric)
        if self.group:
            groups = {name for one in all_languages() for name in _groups(one)}
            if self.group not in groups:
                raise UserError(f"no group is called {self.group!r}{did_you_mean(self.group, groups)}")
        for name in ("relative", "absolute"):
            if not 0 <= getattr(self, name) < float("inf"):
                raise UserError(
                    f"a tolerance that is {name} must be a number from 0, not {getattr(self, name)}"
                )

    def of(self, base: float) -> float:
        """How much is tolerated of a figure."""
        return max(self.relative * abs(base), self.absolute)


@dataclass(frozen=True, kw_only=True)
class GateSettings:
    """What a gate is told."""

    metrics: Sequence[str] = DEFAULTS
    tolerances: Sequence[Tolerance] = field(
        default_factory=lambda: (Tolerance(),)
    )  # the last that fits holds
    correction: Correction = "holm"  # Holm (1979) or Benjamini and Hochberg (1995), over the whole table
    ids: Ids = "fail"  # whether other ids for the same rows fail

    def __post_init__(self) -> None:
        for name in self.metrics:
            _check_metric(name)
        for name, among in (("correction", get_args(Correction)), ("ids", get_args(Ids))):
            if getattr(self, name) not in among:
                raise UserError(f"{name} = {getattr(self, name)!r}: it is {' or '.join(among)}")

    def tolerance(self, metric: str, language: str | None) -> Tolerance:
        """The last that fits a figure."""
        return next(one for one in reversed(self.tolerances) if _fits(one, metric, language))


def _check_metric(name: str) -> None:
    known: Mapping[str, Metric] = {**metrics(), **lid_metrics()}
    if name not in known:
        raise UserError(f"no metric is called {name!r}{did_you_mean(name, known)}")
    if not known[name].better:
        raise UserError(f"{name} can't be gated: neither direction of it is the better one")


def _fits(one: Tolerance, metric: str, language: str | None) -> bool:
    if one.metric not in ("", metric):
        return False
    if not (one.language or one.group):
        return True
    return (
        language is not None
        and one.language in ("", language)
        and (not one.group or _in_group(one, language))
    )


def _in_group(one: Tolerance, language: str) -> bool:
    try:
        return one.group in _groups(find(language))
    except UserError:  # a class of several languages
        return False


def _groups(language: Language) -> Sequence[str]:
    """Its family and branches."""
    return language.family, *language.branch.split(" > ")


def from_toml(content: Mapping[str, Any], where: str = "") -> GateSettings:
    """What the table ``[gate]`` says; those for a metric, language or group are in ``[[gate.tolerance]]``.

    Args:
        where: what errors begin with (``langcov.toml: ``).

    Raises:
        UserError: a key that is not known (the nearest is named), or a wrong value.
    """
    if not isinstance(content, Mapping):
        raise UserError(f"{where}gate is not a table: write [gate]")
    content = dict(content)
    _check(content, [*_names(GateSettings), *OVERALL, "tolerance"], f"{where}[gate]")
    overall = {name: content.pop(name) for name in OVERALL if name in content}
    listed = content.pop("tolerance", [])
    if "metrics" in content:
        content["metrics"] = tuple(ALIASES.get(name, name) for name in content["metrics"])
    tolerances = [_tolerance(overall, f"{where}[gate]")]
    tolerances += [_tolerance({**overall, **one}, f"{where}[[gate.tolerance]]") for one in listed]
    return GateSettings(tolerances=tuple(tolerances), **content)


def _tolerance(content: Mapping[str, Any], where: str) -> Tolerance:
    content = dict(content)
    _check(content, _names(Tolerance), where)
    if content.get("metric"):
        content["metric"] = ALIASES.get(content["metric"], content["metric"])
    if content.get("language"):
        content["language"] = find(content["language"]).id
    return Tolerance(**content)


def _names(kind: type) -> list[str]:
    return [one.name for one in fields(kind) if one.name not in ("tolerances",)]


def _check(content: Mapping[str, Any], known: Sequence[str], where: str) -> None:
    """See that each key is known, and its value of the right kind."""
    for key, value in content.items():
        if key not in known:
            raise UserError(f"{where}: no key is called {key!r}{did_you_mean(key, known)}")
        kind, fits = next((kind, fits) for kind, (fits, keys) in VALUES.items() if key in keys)
        if not fits(value):
            raise UserError(f"{where}: {key} = {value!r} is no {kind}")
