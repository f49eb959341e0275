"""What to conclude of language-ID models on a corpus, in at most four sentences made from the numbers."""

from __future__ import annotations

from collections import Counter

from langcov.metrics.paired import LEVEL
from langcov.report import wording as words
from langcov.report.lid.numbers import LidNumbers, is_language
from langcov.report.wording import some

FALL = 0.01  # fall of a precision worth a sentence


def findings(numbers: LidNumbers) -> list[str]:
    """Which model finds most, what has no label, what that is taken for, and what it costs the others."""
    sentences = [_best(numbers), _unlabelled(numbers), _sink(numbers), _precision(numbers)]
    return [sentence for sentence in sentences if sentence]


def _best(numbers: LidNumbers) -> str:
    """The model that a paired test tells from each other one, or those that it does not tell apart."""
    if not numbers.tests:
        return ""
    best = numbers.tests[0]["system"]
    alike = [row["other"] for row in numbers.tests if row["p_adjusted"] >= LEVEL]
    value = numbers.value(best, None, "macro_f1_gold") or 0
    who = f"Of {len(numbers.tests) + 1} models not known to be trained on this corpus"
    test = "paired bootstrap, Holm"
    if alike:
        others = some([words.visible(name) for name in alike])
        return (
            f"{who} none has the highest macro F1 of all languages for certain: {words.visible(best)}, "
            f"{words.per_cent(value)} %, is not told apart from {others} ({test})."
        )
    return (
        f"{who} {words.visible(best)} has the highest macro F1 of all languages, {words.per_cent(value)} %, "
        f"told apart from each other one ({test})."
    )


def _unlabelled(numbers: LidNumbers) -> str:
    missing = [set(numbers.unsupported(system)) for system in numbers.taken]
    nowhere = sorted(numbers.names[name] for name in set.intersection(*missing)) if missing else []
    if not nowhere:
        return ""
    verb = "has" if len(nowhere) == 1 else "have"
    where = "in any of the models" if len(missing) > 1 else f"in {words.visible(next(iter(numbers.taken)))}"
    return f"{len(nowhere)} of {len(numbers.lines)} {numbers.noun} {verb} no label {where}: {some(nowhere)}."


def _sink(numbers: LidNumbers) -> str:
    """The language that the most languages without a label are taken for more often than for any other."""
    sinks = []
    for system in numbers.systems:
        unsupported = numbers.unsupported(system)
        found = [numbers.mistaken(system, name) for name in unsupported]
        taken = Counter(top[0] for top in found if top and is_language(top[0]))
        sinks += [
            (count, len(unsupported), system, name) for name, count in taken.most_common(1) if count > 1
        ]
    if not sinks:
        return ""
    count, of, system, name = max(sinks, key=lambda sink: sink[0])
    return (
        f"{words.visible(system)} takes {count} of the {of} {numbers.noun} that it has no label for "
        f"most often for {numbers.name(name)}."
    )


def _precision(numbers: LidNumbers) -> str:
    """The largest fall of a precision when lines of languages without a label are counted."""
    falls = []
    for system, found in numbers.taken.items():
        covered = [name for name in found if numbers.supported(system, name)]
        for name in covered:
            before = numbers.precision(system, name, covered)
            after = numbers.precision(system, name, list(found))
            if before and after is not None and before - after >= FALL:
                falls.append((before - after, system, name, before, after))
    if not falls:
        return ""
    _, system, name, before, after = max(falls)
    return (
        f"Lines of languages without a label count: with them the precision of {words.visible(system)} for "
        f"{numbers.name(name)} is {words.per_cent(after)} %, without them {words.per_cent(before)} %."
    )
