"""The libraries of LID models as they are: no langcov in here."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

Ranked = tuple[list[str], float | None]


class Bare(NamedTuple):
    """A loaded model.

    Attributes:
        predict: what the library answers to some lines, in the way that is fastest with it.
        labels: the best label of each line, out of such an answer; empty where there is none.
        ranked: up to three labels of one line, best first, and the probability of the first if there is one.
    """

    predict: Callable[[list[str]], Any]
    labels: Callable[[Any], list[str]]
    ranked: Callable[[str], Ranked]


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

    def ranked(line: str) -> Ranked:
        labels, scores = model.predict(line, 3)
        if len(scores) > 1 and scores[0] == scores[1]:
            return [], None
        return [label.removeprefix("__label__") for label in labels], float(scores[0])

    return Bare(model.predict, lambda answer: [one[0].removeprefix("__label__") for one in answer[0]], ranked)


def _cld2() -> Bare:
    import pycld2

    return Bare(
        lambda lines: [pycld2.detect(line.encode(), isPlainText=True) for line in lines],
        lambda answer: [details[0][1] for _, _, details in answer],
        lambda line: ([pycld2.detect(line.encode(), isPlainText=True)[2][0][1]], None),
    )


def _cld3() -> Bare:
    import gcld3

    model = gcld3.NNetLanguageIdentifier(0, 1000)  # the bytes that its README has it look at

    def ranked(line: str) -> Ranked:
        found = model.FindLanguage(line)
        return [found.language], found.probability

    return Bare(
        lambda lines: [model.FindLanguage(line) for line in lines],
        lambda answer: [one.language for one in answer],
        ranked,
    )


def _langid() -> Bare:
    import py3langid
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    model = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)

    def ranked(line: str) -> Ranked:
        found = model.rank(line)[:3]
        return [label for label, _ in found], found[0][1]

    return Bare(
        lambda lines: [py3langid.classify(line) for line in lines],
        lambda answer: [one[0] for one in answer],
        ranked,
    )


def _lingua() -> Bare:
    from lingua import LanguageDetectorBuilder

    model = LanguageDetectorBuilder.from_all_languages().build()

    def ranked(line: str) -> Ranked:
        if model.detect_language_of(line) is None:
            return [], None
        values = [
            (-round(one.value, 12), one.language.name)
            for one in model.compute_language_confidence_values(line)
        ]
        best = sorted(values)[:3]
        return [name for value, name in best if value], -best[0][0]

    return Bare(
        lambda lines: [model.detect_language_of(line) for line in lines],
        lambda answer: [one.name if one else "" for one in answer],
        ranked,
    )


def _heliport() -> Bare:
    import heliport

    model = heliport.Identifier()

    def ranked(line: str) -> Ranked:
        first = model.identify(line)
        return [first, *(one for one in model.identify_topk(line, 3) if one != first)][:3], None

    return Bare(lambda lines: [model.identify(line) for line in lines], list, ranked)
