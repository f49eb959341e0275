"""Mistral's tekken files (``tekken:FILE.json``): a tiktoken encoding whose ids come after the specials."""

from __future__ import annotations

import json
from base64 import b64decode

from langcov.core.libraries import one_line
from langcov.errors import UserError
from langcov.tokenizers.model_file import MAX_IDS, read, sha256
from langcov.tokenizers.protocol import Tokenizer
from langcov.tokenizers.tiktoken import Tiktoken, make_encoding


def load(rest: str) -> Tokenizer:
    """The spec ``tekken:FILE.json``.

    Only the first ``default_vocab_size - default_num_special_tokens`` entries of the file are in use, and
    an id is its rank plus the number of special tokens, as mistral-common has it.

    Raises:
        UserError: the file is not JSON, or not tekken.
    """
    data = read(rest)
    try:
        file = json.loads(data)
        config = file["config"]
        pattern, specials, size = (
            config[key] for key in ("pattern", "default_num_special_tokens", "default_vocab_size")
        )
        if not isinstance(pattern, str) or not 0 <= specials < size <= MAX_IDS:
            raise ValueError("its pattern is no text, or its numbers of tokens are no such numbers")
        entries = file["vocab"][: size - specials]
        ranks = {b64decode(entry["token_bytes"], validate=True): entry["rank"] for entry in entries}
        if len(ranks) < size - specials or not all(type(rank) is int for rank in ranks.values()):
            raise ValueError(f"it has {len(ranks)} tokens with a rank, and should have {size - specials}")
    except (ValueError, TypeError, AttributeError, RecursionError) as error:
        raise UserError(f"{rest}: not a tekken file, or cut short: {one_line(error)}") from None
    except KeyError as error:
        raise UserError(f"{rest}: not a tekken file: no {error}") from None
    return Tiktoken(make_encoding(rest, pattern, ranks), "tekken", sha256(data), specials)
