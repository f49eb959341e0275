"""Mistral's tekken files (``tekken:FILE.json``): a tiktoken encoding whose ids come after the specials."""

from __future__ import annotations

import json
from binascii import a2b_base64

from langcov.core.libraries import one_line
from langcov.errors import UserError
from langcov.tokenizers.model_file import read, sha256
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
        specials = int(config["default_num_special_tokens"])
        entries = file["vocab"][: int(config["default_vocab_size"]) - specials]
        ranks = {a2b_base64(entry["token_bytes"]): int(entry["rank"]) for entry in entries}
        pattern = str(config["pattern"])
    except (ValueError, TypeError, AttributeError, RecursionError) as error:
        raise UserError(f"{rest}: not a tekken file, or cut short: {one_line(error)}") from None
    except KeyError as error:
        raise UserError(f"{rest}: not a tekken file: no {error}") from None
    return Tiktoken(make_encoding(rest, pattern, ranks), "tekken", sha256(data), specials)
