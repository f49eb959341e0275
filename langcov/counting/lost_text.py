"""Text that doesn't come back when tokens are decoded: code points lost or changed, and whole lines.

White space counts as neither: decoders add and drop it. Nor does another normal form: what came back is
compared in that of the text.
"""

from __future__ import annotations

import unicodedata

import numpy as np

from langcov.core.arrays import Bools, Ints
from langcov.counting.batch import LineTokens, Tokens, decode, decoded
from langcov.counting.chunk import Finder, special_texts
from langcov.counting.counter import TokenCounter
from langcov.counting.encode_words import encode_words
from langcov.counting.sums import sum_by
from langcov.errors import CannotMeasure
from langcov.text.alignment import NOTHING, Alignment, align
from langcov.text.hashing import same
from langcov.text.strings import Strings
from langcov.text.units import cut, without_white_space
from langcov.tokenizers.protocol import Encoded, Tokenizer

LETTER_BITS = 21
UNKNOWN = chr(NOTHING)


def compared(tokens: Tokens) -> Alignment:
    """The strings of a batch, aligned with what their tokens decode to.

    Strings that their tokens spell, but for what an UNK stands for, are not decoded; of the others the
    library is asked.
    """
    n, spans = len(tokens.batch), tokens.spans
    told = np.zeros(n, bool) if spans is None else spans.exact.copy()
    if spans is not None:
        told[spans.placed] = True
    doubtful = np.flatnonzero(~told)
    owner, strings, encoded = _parts(tokens, doubtful)
    found = came_back(tokens.tokenizer, strings, encoded)
    lost, changed = (sum_by(owner, values, n) for values in (found.lost, found.changed))
    if spans is not None:
        lost[spans.placed] = spans.lost
    return Alignment(lost, changed, owner[found.owner], found.letter, found.became)


def _parts(tokens: Tokens, which: Ints) -> tuple[Ints, Strings, Encoded]:
    """What is aligned by itself: words where the tokens of a line are those of its words, else whole lines.

    Returns:
        The string in the batch that each is of, int64 [parts], and they with their tokens.
    """
    tokenizer, strings = tokens.tokenizer, tokens.batch.strings[which]
    if not (tokens.batch.lines and tokenizer.word_form and len(which)):
        return which, strings, tokens.encoded[which]
    strings = strings.packed()
    made = cut(strings)
    regular = made.regular & ~Finder(special_texts(tokenizer)).within(strings)
    chosen = regular[made.line]
    words = made.units[chosen].packed()
    of_words, _ = encode_words(tokenizer, words)
    of_lines = tokens.encoded[which[~regular]]
    lines = strings[~regular].packed()
    texts = Strings(
        np.concatenate([words.data, lines.data]),
        np.concatenate([words.starts, lines.starts + len(words.data)]),
        np.concatenate([words.ends, lines.ends + len(words.data)]),
    )
    starts = np.concatenate([of_words.starts, of_lines.starts[1:] + of_words.starts[-1]])
    encoded = Encoded(np.concatenate([of_words.ids, of_lines.ids]), starts)
    return np.concatenate([which[made.line[chosen]], which[~regular]]), texts, encoded


def came_back(tokenizer: Tokenizer, strings: Strings, encoded: Encoded) -> Alignment:
    """Strings aligned with what the library decodes their tokens to, white space left out.

    Raises:
        CannotMeasure: it can't decode.
    """
    if not len(strings):
        none = np.zeros(0, np.int64)
        return Alignment(none, none, none, none, none)
    texts, backs = without_white_space(strings), without_white_space(_decoded(tokenizer, encoded))
    differ = np.flatnonzero(~same(texts, backs))
    found = align(texts[differ], _in_the_forms_of(texts[differ].to_list(), backs[differ]))
    lost, changed = np.zeros((2, len(strings)), np.int64)
    lost[differ], changed[differ] = found.lost, found.changed
    return Alignment(lost, changed, differ[found.owner], found.letter, found.became)


def _decoded(tokenizer: Tokenizer, encoded: Encoded) -> Strings:
    """What the library decodes tokens to, what stands between UNKs by itself; U+0000 for each UNK.

    UNK's own text (``[UNK]``) is nobody's, and a text may hold it.
    """
    unknown = tokenizer.vocabulary.unknown if tokenizer.vocabulary else None
    at = np.zeros(0, np.int64) if unknown is None else np.flatnonzero(encoded.ids == unknown)
    starts = np.sort(np.concatenate([encoded.starts[:-1], at + 1]))
    ends = np.sort(np.concatenate([encoded.starts[1:], at]))
    between = Encoded(np.delete(encoded.ids, at), np.append(0, np.cumsum(ends - starts)))
    first = np.append(0, np.cumsum(1 + np.diff(np.searchsorted(at, encoded.starts))))
    texts = decoded(tokenizer, between)
    for number in np.delete(np.arange(len(texts)), first[1:] - 1).tolist():
        texts[number] += UNKNOWN
    parts = Strings.of(texts)
    return Strings(parts.data, parts.starts[first[:-1]], parts.ends[first[1:] - 1])


def _in_the_forms_of(texts: list[str], backs: Strings) -> Strings:
    """What came back of texts without white space, each in the normal form of its text."""
    if unicodedata.is_normalized("NFC", "\n".join(texts)):  # nothing is composed over a line end
        joined = "\n".join(backs)
        made = unicodedata.normalize("NFC", joined)
        return backs if made == joined else Strings.of(made.split("\n"))
    return Strings.of(map(_in_the_form_of, texts, backs.to_list()))


def _in_the_form_of(text: str, back: str) -> str:
    for form in ("NFC", "NFD"):
        if unicodedata.is_normalized(form, text):
            return unicodedata.normalize(form, back)
    return back


def changes(tokens: Tokens) -> tuple[Ints, Ints]:
    """Letters that came back as others: the string of each and ``became << 21 | letter``, int64 [n] each."""
    try:
        found = tokens.once(compared)
    except CannotMeasure:
        return np.zeros(0, np.int64), np.zeros(0, np.int64)
    return found.owner, found.became << LETTER_BITS | found.letter


def round_trip(lines: LineTokens) -> Bools:
    """Whether each line decodes to itself, bool [lines].

    Where the tokens of every word spell it, so do those of the line, if that is so of the first such line (a
    decoder may keep the mark before a line). What UNK decodes to (``[UNK]``) stands in what its line does, if
    that is so of the first: a line that doesn't hold it is lost. All others are decoded.
    """
    back, told = lines.spelled.copy(), lines.spelled.copy()
    first = np.flatnonzero(back)[:1]
    if len(first):
        text, got = lines.as_decoded(first)
        if got != text:
            back[:] = told[:] = False
    told |= _lost(lines)
    rest = np.flatnonzero(~told)
    if len(rest):
        back[rest] = [got == text for got, text in zip(lines.decoded(rest), lines.text[rest])]
    return back


def _lost(lines: LineTokens) -> Bools:
    """The lines in which an UNK's own text stands that isn't theirs."""
    lost = lines.unknown.copy()
    if lost.any():
        written = _text_of_unknown(lines)
        lost &= bool(written) & ~Finder([written]).within(lines.text)
        first = np.flatnonzero(lost)[:1]
        if len(first) and not all(written in text for text in lines.as_decoded(first)[1]):
            lost[:] = False
    return lost


def _text_of_unknown(lines: LineTokens) -> str:
    vocabulary = lines.tokenizer.vocabulary
    if vocabulary is None or vocabulary.unknown is None:
        return ""
    return (decode(lines.tokenizer, [[vocabulary.unknown]]) or [""])[0].strip()


COUNTERS = (
    TokenCounter("lost_characters", "words", lambda tokens: tokens.once(compared).lost, perturbed=True),
    TokenCounter("changed_characters", "words", lambda tokens: tokens.once(compared).changed),
    TokenCounter("round_trip", "lines", round_trip),
)
