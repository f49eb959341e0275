"""What a recipe would keep of a text, in a sentence or two, for the report of another room."""

from __future__ import annotations

from collections.abc import Iterator

from langcov.core.ui import _, whole
from langcov.filters.apply import WHOLE, Filtered, FilterRecord
from langcov.report.wording import per_cent, visible

MOST = 5  # words or characters that are named


def sentences(done: Filtered, language: str) -> list[str]:
    """What is kept of a language, and what takes most of the rest; of each corpus."""
    mine = [one for one in done.records if one.language == language]
    corpora = dict.fromkeys(one.corpus for one in mine)
    return [text for name in corpora for text in _of([one for one in mine if one.corpus == name], done)]


def _of(records: list[FilterRecord], done: Filtered) -> Iterator[str]:
    [whole_recipe] = [one for one in records if one.step == WHOLE]
    name, share = done.recipe.name, whole_recipe.share
    if share is None:
        yield _("What the filters of {recipe} would keep is not known.", recipe=name)
        return
    yield _(
        "With the filters of {recipe} a web corpus keeps {percent} % of this text: {kept} of {n} {units}.",
        recipe=name,
        percent=per_cent(1 - share),
        kept=whole(whole_recipe.kept or 0),
        n=whole(whole_recipe.documents),
        units=_units(done, whole_recipe),
    )
    steps = [one for one in records if one.mode == "in-order" and one.step != WHOLE and one.removed]
    if steps:
        worst = max(steps, key=lambda one: one.removed or 0)
        yield _("The rule {step} takes most: {n}.", step=worst.step, n=whole(worst.removed or 0))
        yield from _causes(done, worst)


def _units(done: Filtered, one: FilterRecord) -> str:
    """What its documents are."""
    [kinds] = [
        row["units"] for row in done.units if (row["corpus"], row["language"]) == (one.corpus, one.language)
    ]
    if kinds == ["run"]:
        return _("runs of lines of {words} words", words=done.words)
    named = {"paragraph": _("paragraphs"), "line": _("lines")}
    return named.get(kinds[0] if len(kinds) == 1 else "", _("documents"))


def _causes(done: Filtered, worst: FilterRecord) -> Iterator[str]:
    place = (worst.corpus, worst.language, worst.perturbation, worst.step)
    keys = ("corpus", "language", "perturbation", "step")
    mine = [one for one in done.causes if tuple(one[key] for key in keys) == place]
    if mine:
        told = ", ".join(f"{visible(one['item'])} {whole(one['documents'])}" for one in mine[:MOST])
        yield _("What decides, and in how many documents it stands: {told}.", told=told)
