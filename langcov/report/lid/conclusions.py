"""What to conclude of language-ID models on a corpus, in at most four sentences made from the numbers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from langcov.report import wording as words
from langcov.report.lid.numbers import LidNumbers, is_language
from langcov.report.wording import some

FALL = 0.01  # fall of a precision worth a sentence


def findings(numbers: LidNumbers, ledger: Mapping[str, Mapping[str, Any]]) -> list[str]:
    """Which model finds most, what has no label, what that is taken for, and what it costs the others."""
    sentences = [_best(numbers, ledger), _unlabelled(numbers), _sink(numbers), _precision(numbers)]
    return [sentence for sentence in sentences if sentence]


def _best(numbers: LidNumbers, ledger: Mapping[str, Mapping[str, Any]]) -> str:
    values = {system: numbers.value(system, None, "macro_f1_gold") for system in numbers.rivals}
    known = {system: value for system, value in values.items() if value is not None}
    if len(known) < 2 or len(set(known.values())) < 2:
        return ""
    best, worst = max(known, key=lambda s: known[s]), min(known, key=lambda s: known[s])
    seen = ", which was trained on this corpus," if ledger.get(best, {}).get("status") == "trained" else ""
    return (
        f"Of {len(known)} models {words.visible(best)}{seen} has the highest macro F1 of all languages, "
        f"{words.per_cent(known[best])} %, and {words.visible(worst)} the lowest, "
        f"{words.per_cent(known[worst])} %."
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
