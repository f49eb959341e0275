"""The libraries of LID models as they are, in the way that is fastest with each: no langcov in here."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple


class Bare(NamedTuple):
    """A loaded model.

    Attributes:
        predict: what the library answers to some lines.
        labels: the best label of each line, out of such an answer; empty where there is none.
    """

    predict: Callable[[list[str]], Any]
    labels: Callable[[Any], list[str]]


def bare(spec: str) -> Bare:
    """Load the model of a SPEC."""
    kind, _, path = spec.partition(":")
    return {
        "fasttext": lambda: _fasttext(path),
        "cld2": _cld2,
        "cld3": _cld3,
        "langid": _langid,
        "lingua": _lingua,
        "heliport": _heliport,
    }[kind]()


def _fasttext(path: str) -> Bare:
    import fasttext

    model = fasttext.load_model(path)
    return Bare(model.predict, lambda answer: [one[0].removeprefix("__label__") for one in answer[0]])


def _cld2() -> Bare:
    import pycld2

    return Bare(
        lambda lines: [pycld2.detect(line.encode(), isPlainText=True) for line in lines],
        lambda answer: [details[0][1] for _, _, details in answer],
    )


def _cld3() -> Bare:
    import gcld3

    model = gcld3.NNetLanguageIdentifier(0, 1000)  # the bytes that its README has it look at
    return Bare(
        lambda lines: [model.FindLanguage(line) for line in lines],
        lambda answer: [one.language for one in answer],
    )


def _langid() -> Bare:
    import py3langid

    return Bare(
        lambda lines: [py3langid.classify(line) for line in lines], lambda answer: [one[0] for one in answer]
    )


def _lingua() -> Bare:
    from lingua import LanguageDetectorBuilder

    model = LanguageDetectorBuilder.from_all_languages().build()
    return Bare(
        lambda lines: [model.detect_language_of(line) for line in lines],
        lambda answer: [one.name if one else "" for one in answer],
    )


def _heliport() -> Bare:
    import heliport

    model = heliport.Identifier()
    return Bare(lambda lines: [model.identify(line) for line in lines], list)
