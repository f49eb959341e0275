"""A batch of strings counted into a tally: its text, and its tokens by a tokenizer."""

from __future__ import annotations

import numpy as np

from langcov.core.arrays import Bools, Ints
from langcov.counting.batch import Batch, Tokens
from langcov.counting.counters import count_each, count_text, token_columns
from langcov.counting.encode_words import encode_words
from langcov.counting.id_digests import add_digests, digests
from langcov.counting.lost_text import changes
from langcov.counting.spans import token_spans
from langcov.counting.tally import FileTally
from langcov.counting.token_tally import SystemTally
from langcov.text.scripts import letters
from langcov.text.strings import Strings
from langcov.tokenizers import System
from langcov.tokenizers.protocol import Encoded

Tallied = FileTally[SystemTally]


def count_text_of(batch: Batch, tally: Tallied) -> None:
    """Add the counters of the text."""
    columns = tally.columns
    for name, values in count_text(batch).items():
        columns[name] += batch.by_row(values, len(tally.text))
    count_letters_and_words(batch.strings, batch.totals, tally)


def count_letters_and_words(strings: Strings, totals: Ints, tally: Tallied) -> None:
    """Add letters, and words where they are asked for, of strings that stand so often."""
    tally.letters.add(*letters(strings, totals))
    if tally.words is not None:
        tally.words.add(strings, totals)


def count_tokens(batch: Batch, system: System, part: SystemTally) -> Encoded:
    """Encode a batch, and add the counters of its tokens; returns these.

    Raises:
        CannotEncode: with the index of the string.
        CannotDecode: the library can't read its own tokens.
    """
    tokenizer, strings = system.tokenizer, batch.strings
    stripped: Bools
    if batch.lines:
        encoded, stripped = tokenizer.encode(strings.to_list()), np.zeros(len(strings), bool)
    else:
        encoded, stripped = encode_words(tokenizer, strings)
    spans = token_spans(tokenizer, strings, encoded, stripped)
    tokens = Tokens(batch, encoded, spans, tokenizer)
    counted, missing = count_each(token_columns().words, tokens, len(batch))
    part.missing |= missing
    columns = part.columns
    for name, values in counted.items():
        columns[name] += batch.by_row(values, len(part.rows))
    add_digests(part.digests, batch, digests(encoded))
    for run in encoded.runs():
        part.ids.add(encoded.ids[run.items].astype(np.int64), run.spread(batch.totals))
    owner, change = changes(tokens)
    part.changed.add(change, batch.totals[owner])
    part.limit()
    count_row_ids(batch, encoded, part)
    return encoded


def count_row_ids(batch: Batch, encoded: Encoded, part: SystemTally) -> None:
    """Add the ids by row, as long as they are kept."""
    if part.row_ids is not None:
        tokens = encoded.counts[batch.string]
        ids = encoded[batch.string].ids.astype(np.int64)
        part.row_ids.add(np.repeat(batch.row, tokens) << 32 | ids, np.repeat(batch.count, tokens))
