"""Pictures of a result: altair charts, each declared once, by name.

``Result.plot`` finds :func:`chart` here by name.
"""

from __future__ import annotations

from importlib.util import find_spec
from typing import TYPE_CHECKING

from langcov.errors import MissingLibrary, UserError
from langcov.report.numbers import Numbers
from langcov.results.result import Result

if TYPE_CHECKING:
    from langcov.report.charts.picture import Chart, Drawing, Picture


def pictures(kind: str) -> dict[str, Picture]:
    """The pictures of results of a kind, ``tokenizers`` or ``lid``, by name, in the order of a report.

    Raises:
        MissingLibrary: altair is not installed.
    """
    if find_spec("altair") is None:
        raise MissingLibrary("altair", "report", "a picture")
    from langcov.report.charts import lid, tokenizers

    return {one.name: one for one in (lid.PICTURES if kind == "lid" else tokenizers.PICTURES)}


def numbers_of(result: Result, corpus: str) -> Numbers:
    """The figures of one corpus, as the pictures of its kind read them."""
    from langcov.report.lid.numbers import LidNumbers
    from langcov.report.tokenizers.numbers import TokenizerNumbers

    return LidNumbers(result, corpus) if result.kind == "lid" else TokenizerNumbers(result, corpus)


def drawings(result: Result, corpus: str) -> list[Drawing]:
    """All pictures of a corpus for which there are figures, those of several references once for each."""
    numbers = numbers_of(result, corpus)
    return [
        drawn
        for picture in pictures(result.kind).values()
        for reference in (numbers.references if picture.per_reference else [None])
        if (drawn := picture.drawn(result, numbers, reference))
    ]


def chart(result: Result, what: str = "", corpus: str = "", reference: str = "") -> Chart:
    """A picture of a result.

    Args:
        what: the name of a picture (``premium``, ``f1`` …) or of any metric that languages have; empty: the
            first that there is.
        corpus: empty: the first of the result.
        reference: the language that a premium is against; empty: English, where it is among the references.

    Raises:
        MissingLibrary: altair is not installed.
        UserError: no such picture, corpus or reference, or no figure for it.
    """
    known = pictures(result.kind)
    corpora = [card["name"] for card in result.corpora]
    corpus = _one_of(corpus, corpora, "corpus")
    numbers = numbers_of(result, corpus)
    metrics = sorted({metric for metric, _ in numbers.metrics})
    name = what or next(iter(known))
    _one_of(name, list(dict.fromkeys([*known, *metrics])), "picture")
    picture = known.get(name) or _of_metric(name, numbers)
    references = sorted(numbers.references, key=lambda id: not id.startswith("eng"))
    meant = next((id for id in references if id.partition("_")[0] == reference), reference)  # rus: rus_Cyrl
    against = _one_of(meant, references, "reference") if picture.per_reference else None
    drawn = picture.drawn(result, numbers, against)
    if drawn is None:
        raise UserError(f"{corpus} has no figure for the picture {name!r}")
    return drawn.chart


def _of_metric(name: str, numbers: Numbers) -> Picture:
    from langcov.report.charts.dots import of_metric

    return of_metric(name, any(metric == name and reference for metric, reference in numbers.metrics))


def _one_of(name: str, known: list[str], what: str) -> str:
    if not name and known:
        return known[0]
    if name not in known:
        raise UserError(f"no {what} {name!r} in this result: {', '.join(known) or 'there is none'}")
    return name
