"""Every tokenizer metric of langcov by its definition alone, in plain loops: for ``check_metrics``.

Of langcov only the table of alphabets is used. A line is encoded whole; its counters are added by row; a
metric is a ratio of sums; an interval is the same ratio in each of 1,000 resamples of the rows.
"""

from __future__ import annotations

import hashlib
import math
import unicodedata
from collections import Counter
from collections.abc import Hashable, Sequence
from dataclasses import dataclass, field
from functools import cache
from operator import mul
from typing import NamedTuple

import numpy as np
import regex
from uniseg.wordbreak import words as segments

from benchmarks.bare_tokenizers import Bare, Span
from langcov.languages import alphabet, find, orthographies

ALPHA = 2.5
CELLS = 1 << 20
CARRIERS = "qж0"

Line = tuple[Hashable, str]
"""What aligns a line (its number or key) and its text."""


class Value(NamedTuple):
    """What a record must say; ``value`` None stands for a null with any reason."""

    value: float | None
    bounds: tuple[float, float] | None = None
    n: int | None = None
    rows: int | None = None
    dropped: int | None = None


@dataclass
class Text:
    """One language of a corpus.

    Attributes:
        rows: of each row that holds text its lines, by the name that it has in every language.
        orthography: as the corpus's card says.
    """

    language: str
    rows: dict[Hashable, list[Line]]
    orthography: str = ""


def by_lines(language: str, lines: Sequence[str], longest: int) -> Text:
    """Rows of runs of lines: line i is in row i >> K, K the smallest with N <= 256 * 2**K."""
    shift = 0
    while longest > 256 << shift:
        shift += 1
    rows: dict[Hashable, list[Line]] = {}
    for i, line in enumerate(lines):
        if line:
            rows.setdefault(i >> shift, []).append((i, line))
    return Text(language, rows)


def by_documents(language: str, lines: Sequence[tuple[Hashable, Hashable, str]]) -> Text:
    """Rows of documents, from (document, what aligns the line, text)."""
    rows: dict[Hashable, list[Line]] = {}
    for document, key, line in lines:
        if line:
            rows.setdefault(document, []).append((key, line))
    return Text(language, rows)


@cache
def uax29(line: str) -> tuple[Span, ...]:
    """The bytes of each segment that holds a letter or a digit."""
    found, at = [], 0
    for segment in segments(line):
        size = len(segment.encode())
        if regex.search(r"[\p{L}\p{N}]", segment):
            found.append((at, at + size))
        at += size
    return tuple(found)


@cache
def count_text(line: str) -> Counter[str]:
    """The counters of a line that no tokenizer has a part in."""
    return Counter(
        lines=1,
        words=len(regex.findall(r"\P{White_Space}+", line)),
        uax29_words=len(uax29(line)),
        chars=len(line),
        nonspace_chars=len(regex.findall(r"\P{White_Space}", line)),
        graphemes=len(regex.findall(r"\X", line)),
        bytes=len(line.encode()),
    )


@cache
def not_kept(text: str, back: str) -> tuple[int, int]:
    """Code points lost and changed: the whole table of alignments, from the end, its best cell by cell.

    A cell has the edits, how many code points are not kept, and of these the lost and the changed; of equal
    ones the first of keeping or replacing, losing, putting in.
    """
    text, back = (regex.sub(r"\p{White_Space}+", "", each) for each in (text, back))
    for form in ("NFC", "NFD"):
        if unicodedata.normalize(form, text) == text:
            back = unicodedata.normalize(form, back)
            break
    if text == back:
        return 0, 0
    below = [(len(back) - j, 0, 0, 0) for j in range(len(back) + 1)]
    for at, letter in reversed([*enumerate(text)]):
        size = len(text) - at
        cells = [(size, size, size, 0)]
        for j in range(len(back) - 1, -1, -1):
            edits, other, lost, changed = below[j + 1]
            if letter == back[j]:
                paired = below[j + 1]
            elif back[j] in "\ufffd\0":
                paired = (edits + 1, other + 1, lost + 1, changed)
            else:
                paired = (edits + 1, other + 1, lost, changed + 1)
            edits, other, lost, changed = below[j]
            gone = (edits + 1, other + 1, lost + 1, changed)
            edits, other, lost, changed = cells[-1]
            cells.append(min(paired, gone, (edits + 1, other, lost, changed), key=lambda cell: cell[:2]))
        below = cells[::-1]
    return below[0][2:]


def decoded(ids: list[int], bare: Bare) -> str:
    """What tokens are decoded to, each UNK a U+0000 between what stands beside it."""
    parts: list[list[int]] = [[]]
    for token in ids:
        if token == bare.unknown:
            parts.append([])
        else:
            parts[-1].append(token)
    return "\0".join(map(bare.decode, parts))


def lost_and_changed(line: str, ids: list[int], bare: Bare) -> tuple[int, int]:
    """Code points of a line: by word where its tokens are those of its words, else all at once."""
    if bare.words and regex.fullmatch(r"\P{White_Space}+( \P{White_Space}+)*", line):
        words = regex.findall(r" ?\P{White_Space}+", line)
        for form in (words, [word.strip(" ") for word in words]):
            tokens = [bare.encode(word) for word in form]
            if [token for of_word in tokens for token in of_word] == ids:
                found = [not_kept(word, decoded(of_word, bare)) for word, of_word in zip(words, tokens)]
                return sum(lost for lost, _ in found), sum(changed for _, changed in found)
    return not_kept(line, decoded(ids, bare))


def count_tokens(line: str, ids: list[int], bare: Bare) -> Counter[str]:
    """The counters of a line's tokens."""
    spans = bare.spans(line, ids)
    assert len(spans) == len(ids)
    found = Counter(
        tokens=len(ids),
        unknown_tokens=sum(token == bare.unknown for token in ids),
        byte_tokens=sum(token in bare.byte_ids for token in ids),
        round_trip=bare.decode(ids) == line,
    )
    found["lost_characters"], found["changed_characters"] = lost_and_changed(line, ids, bare)
    covering = [(token, span) for token, span in zip(ids, spans) if span[0] < span[1]]
    for word_begin, word_end in uax29(line):
        touching = [token for token, (begin, end) in covering if begin < word_end and word_begin < end]
        if bare.unknown in touching or not touching:
            found["unknown_words"] += 1
        elif len(touching) == 1:
            found["retained_words"] += 1
        else:
            found["continued_words"] += 1
    places = [place for place, char in enumerate(line) for _ in char.encode()]
    holders = [0] * len(line)
    for _, (begin, end) in covering:
        for place in range(places[begin], places[end - 1] + 1):
            holders[place] += 1
    found["split_characters"] = sum(n > 1 for n in holders)
    words = [word.span() for word in regex.finditer(r"\P{White_Space}+", line)]
    at = [len(line[:place].encode()) for place in range(len(line) + 1)]
    found["tokens_over_words"] = sum(
        token != bare.unknown and sum(begin < at[stop] and at[start] < end for start, stop in words) > 1
        for token, (begin, end) in covering
    )
    return found


@dataclass
class Counted:
    """A language's counters and ids, by row."""

    text: Text
    rows: dict[Hashable, Counter[str]] = field(default_factory=dict)
    ids: dict[Hashable, Counter[int]] = field(default_factory=dict)

    def column(self, counter: str, rows: Sequence[Hashable] | None = None) -> tuple[int, ...]:
        """A counter of each row."""
        return tuple(self.rows[row][counter] for row in (self.rows if rows is None else rows))


def count(text: Text, bare: Bare) -> Counted:
    """All lines of a language."""
    counted = Counted(text)
    for row, lines in text.rows.items():
        sums: Counter[str] = Counter()
        ids: Counter[int] = Counter()
        for _, line in lines:
            tokens = bare.encode(line)
            sums.update(count_text(line))
            sums.update(count_tokens(line, tokens, bare))
            ids.update(tokens)
        counted.rows[row], counted.ids[row] = sums, ids
    return counted


@cache
def weights(rows: int) -> list[list[int]]:
    """How often each row stands in each of 1,000 resamples."""
    dice = np.random.RandomState(0)
    return [[int(n) for n in draw] for draw in dice.multinomial(rows, [1 / rows] * rows, size=1000)]


@cache
def sums(column: tuple[int, ...]) -> list[int]:
    """The sum of a column in each resample."""
    return [sum(map(mul, draw, column)) for draw in weights(len(column))]


def middle(values: Sequence[float]) -> tuple[float, float]:
    """The 2.5 % and 97.5 % points, straight lines between the ordered values."""
    ordered = sorted(values)
    bounds = []
    for share in (0.025, 0.975):
        place = share * (len(ordered) - 1)
        low = math.floor(place)
        high = min(low + 1, len(ordered) - 1)
        bounds.append(ordered[low] + (ordered[high] - ordered[low]) * (place - low))
    return bounds[0], bounds[1]


def ratio(top: tuple[int, ...], bottom: tuple[int, ...], scale: float, n: int, dropped: int = 0) -> Value:
    """A ratio of sums over rows and its interval; none with fewer than 20 rows or where one divides by 0."""
    value = sum(top) / sum(bottom) * scale
    bounds = None
    if len(top) >= 20:
        below = sums(bottom)
        if all(below):
            bounds = middle([a / b * scale for a, b in zip(sums(top), below)])
    return Value(value, bounds, n, len(top), dropped)


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


def same_rows(texts: Sequence[Text]) -> tuple[list[Hashable], int]:
    """The rows in which all languages have the same lines, and how many others any of them has."""
    every = list(dict.fromkeys(row for text in texts for row in text.rows))
    shared = []
    for row in every:
        held = [{key for key, _ in text.rows.get(row, [])} for text in texts]
        if all(keys and keys == held[0] for keys in held):
            shared.append(row)
    return shared, len(every) - len(shared)


def premium(one: Counted, reference: Counted, counter: str) -> Value:
    """Against a reference over the rows that match, in the order of the language's labels."""
    rows, dropped = same_rows([one.text, reference.text])
    if not rows:
        return Value(None)
    rows = in_order(rows)
    n = sum(one.column("lines", rows))
    return ratio(one.column(counter, rows), reference.column(counter, rows), 1, n, dropped)


def in_order(rows: Sequence[Hashable]) -> list[Hashable]:
    """The order in which paired rows are resampled: by number, or by the digest of a document's name."""
    if all(isinstance(row, int) for row in rows):
        return sorted(rows, key=lambda row: row if isinstance(row, int) else 0)
    return sorted(rows, key=digest)


def digest(name: Hashable) -> int:
    """The first 8 bytes of the BLAKE2b of a name."""
    return int.from_bytes(hashlib.blake2b(str(name).encode()).digest()[:8], "little")


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
