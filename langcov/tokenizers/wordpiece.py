"""WordPiece vocabularies (``wordpiece:vocab.txt``), with BERT's cased pre-tokenizer."""

from __future__ import annotations

from langcov.core.libraries import one_line, require
from langcov.errors import UserError
from langcov.tokenizers.huggingface import HuggingFace
from langcov.tokenizers.model_file import read, sha256
from langcov.tokenizers.protocol import Tokenizer


def load(rest: str) -> Tokenizer:
    """The spec ``wordpiece:vocab.txt``: a piece on each line, its number the id, ``[UNK]`` among them.

    Raises:
        UserError: there is no ``[UNK]``, without which the library fails on some texts.
        MissingLibrary: tokenizers is not installed.
    """
    library = require("tokenizers", "hf", "a WordPiece vocabulary")
    digest = sha256(read(rest))
    try:
        bert = library.BertWordPieceTokenizer(rest, lowercase=False, strip_accents=False)
    except Exception as error:
        raise UserError(f"{rest}: not a WordPiece vocabulary: {one_line(error)}") from None
    if bert.token_to_id("[UNK]") is None:
        raise UserError(f"{rest}: not a WordPiece vocabulary: no line is [UNK]")
    return HuggingFace(bert.to_str().encode(), rest, "wordpiece", digest)
