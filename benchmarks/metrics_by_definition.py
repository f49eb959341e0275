"""Every tokenizer metric of langcov by its definition alone, in plain loops: for ``check_metrics``.

Of langcov only the table of alphabets is used.
"""

from __future__ import annotations

import math
import unicodedata
from collections import Counter
from collections.abc import Hashable, Sequence
from dataclasses import dataclass

import regex

from benchmarks.bare import Bare
from benchmarks.counts_by_definition import Counted, decoded, not_kept
from benchmarks.ratios_by_definition import Value, in_order, middle, ratio, same_rows, sums, weights
from langcov.languages import alphabet, find, orthographies

ALPHA = 2.5
CELLS = 1 << 20
CARRIERS = "qж0"


RATIOS = {
    "fertility": ("tokens", "words"),
    "chars_per_token": ("chars", "tokens"),
    "bytes_per_token": ("bytes", "tokens"),
    "graphemes_per_token": ("graphemes", "tokens"),
    "tokens_per_line": ("tokens", "lines"),
    "continued_words": ("continued_words", "uax29_words"),
    "retained_words": ("retained_words", "uax29_words"),
    "unknown_words": ("unknown_words", "uax29_words"),
    "split_characters": ("split_characters", "chars"),
    "tokens_over_words": ("tokens_over_words", "tokens"),
    "unknown_tokens": ("unknown_tokens", "tokens"),
    "byte_tokens": ("byte_tokens", "tokens"),
    "lost_characters": ("lost_characters", "nonspace_chars"),
    "changed_characters": ("changed_characters", "nonspace_chars"),
    "round_trip": ("round_trip", "lines"),
    "context_chars": ("chars", "tokens"),
    "price_per_million_chars": ("tokens", "chars"),
}


PLACES = {"continued_words", "retained_words", "unknown_words", "split_characters", "tokens_over_words"}
"""What needs to know where tokens lie."""


@dataclass(frozen=True)
class Asked:
    """What a measurement was asked for."""

    aligned: bool
    references: tuple[str, ...]
    words: str
    context: int
    price: float
    table: bool = False


Key = tuple[str | None, str, str | None]
"""Language, metric and reference of a record."""


def metrics(bare: Bare, counted: dict[str, Counted], asked: Asked, entropy: bool) -> dict[Key, Value]:
    """What every record of a tokenizer on a corpus must say.

    Args:
        entropy: whether the intervals of the entropies are wanted too (slow).
    """
    found: dict[Key, Value] = {}
    for language, one in counted.items():
        n = sum(one.column("lines"))
        for metric, (top, bottom) in RATIOS.items():
            if metric == "fertility" and asked.words == "uax29":
                bottom = "uax29_words"
            scale = {"context_chars": asked.context, "price_per_million_chars": asked.price}.get(metric, 1)
            null = (
                (metric == "unknown_tokens" and bare.unknown is None)
                or (metric == "round_trip" and asked.table)
                or (metric in PLACES and bare.drops and any(one.column("lost_characters")))
            )
            value = Value(None) if null else ratio(one.column(top), one.column(bottom), scale, n)
            found[language, metric, None] = value
        for reference in asked.references:
            for metric, counter in (("premium", "tokens"), ("byte_premium", "bytes")):
                value = Value(None)
                if asked.aligned and reference in counted:
                    value = premium(one, counted[reference], counter)
                found[language, metric, reference] = value
        for metric, value in vocabulary(bare, one, n, entropy).items():
            found[language, metric, None] = value
        for metric, value in letters(bare, one, n).items():
            found[language, metric, None] = value
    found |= across(counted, asked, found)
    return found


def premium(one: Counted, reference: Counted, counter: str) -> Value:
    """Against a reference over the rows that match, in the order of the language's labels."""
    rows, dropped = same_rows([one.text, reference.text])
    if not rows:
        return Value(None)
    rows = in_order(rows)
    n = sum(one.column("lines", rows))
    return ratio(one.column(counter, rows), reference.column(counter, rows), 1, n, dropped)


def renyi(counts: Sequence[int]) -> float:
    """H_2.5 in bits."""
    total = sum(counts)
    return math.log2(sum((n / total) ** ALPHA for n in counts)) / (1 - ALPHA)


def vocabulary(bare: Bare, one: Counted, n: int, entropy: bool) -> dict[str, Value]:
    """Use of the vocabulary; ``entropy``: with the intervals of its entropy."""
    every = sum(one.ids.values(), Counter())
    seen = {token: count for token, count in every.items() if token in bare.returnable}
    rows = len(one.rows)
    found = {"vocabulary_use": Value(len(seen) / len(bare.returnable), None, n, rows)}
    resampled: list[float] = []
    if entropy and rows >= 20 and rows * len(every) <= CELLS:
        kept = [{token: k for token, k in ids.items() if token in seen} for ids in one.ids.values()]
        for draw in weights(rows):
            counts = dict.fromkeys(seen, 0)
            for times, ids in zip(draw, kept):
                if times:
                    for token, k in ids.items():
                        counts[token] += times * k
            resampled.append(renyi([k for k in counts.values() if k]))
    for metric, types in (
        ("renyi_efficiency", len(bare.returnable)),
        ("renyi_efficiency_observed", len(seen)),
    ):
        if types < 2:
            found[metric] = Value(None)
            continue
        value = renyi(list(seen.values())) / math.log2(types)
        bounds = middle([h / math.log2(types) for h in resampled]) if resampled else None
        found[metric] = Value(value, bounds, n, rows)
    return found


def letters(bare: Bare, one: Counted, n: int) -> dict[str, Value]:
    """Letters that are exactly one token of their own inside some word, and these by their use."""
    language = find(one.text.language)
    known = {each.orthography: each for each in orthographies(language)}
    wanted = alphabet(known[one.text.orthography]) if one.text.orthography in known else ()
    if not wanted:
        return dict.fromkeys(("alphabet_single", "alphabet_single_weighted"), Value(None))
    single = {letter for letter in wanted if any(is_single(bare, letter, c) for c in CARRIERS)}
    text = "\n".join(line for lines in one.text.rows.values() for _, line in lines)
    composed = unicodedata.normalize("NFC", regex.sub(r"\p{GCB=Prepend}", "", text))
    clusters = Counter(regex.findall(r"\X", composed))
    used: Counter[str] = Counter()
    for cluster, times in clusters.items():  # the longest letter that it begins with: marks may follow
        starts = (cluster[:size] for size in range(len(cluster), 0, -1))
        used[next((start for start in starts if start in wanted), "")] += times
    uses = sum(used[letter] for letter in wanted)
    weighted = Value(sum(used[letter] for letter in single) / uses, None, n) if uses else Value(None)
    return {
        "alphabet_single": Value(len(single) / len(wanted), None, len(wanted), 0),
        "alphabet_single_weighted": weighted,
    }


def is_single(bare: Bare, letter: str, carrier: str) -> bool:
    """Whether the letter between two others is one token, alone, and known, and comes back."""
    word = carrier + letter + carrier
    if any(not_kept(word, decoded(bare.encode(word), bare))):
        return False
    own = (len(carrier.encode()), len((carrier + letter).encode()))
    ids = bare.encode(word)
    touching = [
        (token, (begin, end))
        for token, (begin, end) in zip(ids, bare.spans(word, ids))
        if max(begin, own[0]) < min(end, own[1])
    ]
    return len(touching) == 1 and touching[0][1] == own and touching[0][0] != bare.unknown


def gini(values: Sequence[float]) -> float:
    """Mean absolute difference over twice the mean."""
    m, mean = len(values), sum(values) / len(values)
    return sum(abs(a - b) for a in values for b in values) / (2 * m * m * mean)


def across(counted: dict[str, Counted], asked: Asked, found: dict[Key, Value]) -> dict[Key, Value]:
    """What is measured over all languages together."""
    every = [one for one in counted.values() if sum(one.column("tokens"))]
    lines = sum(sum(one.column("lines")) for one in every)
    results: dict[Key, Value] = {
        (None, "gini", None): Value(None),
        (None, "gini_per_byte", None): Value(None),
    }
    if len(every) > 1:
        per_byte = [sum(one.column("tokens")) / sum(one.column("bytes")) for one in every]
        results[None, "gini_per_byte", None] = Value(gini(per_byte), None, lines)
        rows, dropped = same_rows([one.text for one in every])
        if asked.aligned and rows:
            rows = in_order(rows)
            results[None, "gini", None] = paired_gini(every, rows, dropped)
    for reference in asked.references:
        premiums = [found[language, "premium", reference].value for language in counted]
        known = [value for value in premiums if value is not None]
        largest = Value(max(known)) if known else Value(None)
        spread = Value(max(known) / min(known)) if known else Value(None)
        results[None, "worst_premium", reference] = largest
        results[None, "premium_spread", reference] = spread
    return results


def paired_gini(every: Sequence[Counted], rows: list[Hashable], dropped: int) -> Value:
    """Gini of tokens per line over the rows that all languages have."""
    tokens = [one.column("tokens", rows) for one in every]
    lines = [one.column("lines", rows) for one in every]
    value = gini([sum(t) / sum(n) for t, n in zip(tokens, lines)])
    bounds = None
    if len(rows) >= 20:
        drawn = zip(*map(sums, tokens)), zip(*map(sums, lines))
        bounds = middle([gini([a / b for a, b in zip(t, n)]) for t, n in zip(*drawn)])
    return Value(value, bounds, sum(lines[0]), len(rows), dropped)
