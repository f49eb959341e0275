"""Objects of the libraries themselves, given through the Python interface where a SPEC is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from operator import index
from pathlib import PurePath
from typing import Any

from langcov.errors import CannotEncode, UserError
from langcov.tokenizers.model_file import cannot_encode
from langcov.tokenizers.protocol import Adapter, Encoded, Tokenizer


class CallableTokenizer(Adapter):
    """Any callable from a list of strings to a list of lists of ids; nothing else is known of it."""

    kind = "callable"
    word_reason = "nothing is known of a callable"

    def __init__(self, function: Callable[[list[str]], Sequence[Sequence[int]]]) -> None:
        self._function = function

    def encode(self, texts: list[str]) -> Encoded:
        try:
            return self._encode(texts)
        except Exception as error:
            found = cannot_encode(lambda text: self._encode([text]), texts, error)
            raise CannotEncode(found.index, f"the callable failed: {found.reason}") from error

    def _encode(self, texts: list[str]) -> Encoded:
        lists = [[index(token) for token in ids] for ids in self._function(texts)]
        if len(lists) != len(texts):
            raise ValueError(f"it returned {len(lists)} lists for {len(texts)} strings")
        encoded = Encoded.of(lists)
        if encoded.ids.min(initial=0) < 0:
            raise ValueError("it returned an id below 0")
        return encoded


def wrap(thing: Any) -> tuple[str, Tokenizer]:
    """A name and an adapter for an object.

    Args:
        thing: a ``Tokenizer`` of this package, a ``SentencePieceProcessor``, a ``tiktoken.Encoding``, a
            ``tokenizers.Tokenizer``, a ``transformers`` tokenizer or any callable. What is wrapped is a
            copy of its model without its settings (truncation, padding, sampling, added specials).

    Raises:
        UserError: it is none of these.

    >>> wrap(lambda texts: [[len(text)] for text in texts])[1].encode(["ab", ""]).ids.tolist()
    [2, 0]
    """
    name = type(thing).__name__
    family = type(thing).__module__.partition(".")[0]
    if isinstance(thing, Tokenizer):
        return thing.kind, thing
    if family == "sentencepiece":
        from langcov.tokenizers.sentencepiece import SentencePiece

        return name, SentencePiece(thing.serialized_model_proto(), name)
    if family == "tiktoken":
        from langcov.tokenizers.tiktoken import of_encoding

        return thing.name, of_encoding(thing)
    if hasattr(thing, "backend_tokenizer"):
        from langcov.tokenizers.huggingface import of_object

        return _last_part(getattr(thing, "name_or_path", "")) or name, of_object(thing.backend_tokenizer)
    if family == "tokenizers":
        from langcov.tokenizers.huggingface import of_object

        return name, of_object(thing)
    if hasattr(thing, "convert_ids_to_tokens") and callable(thing):  # transformers without a fast backend
        encode = CallableTokenizer(lambda texts: thing(texts, add_special_tokens=False)["input_ids"])
        return _last_part(getattr(thing, "name_or_path", "")) or name, encode
    if callable(thing):
        return getattr(thing, "__name__", name), CallableTokenizer(thing)
    raise UserError(f"a {name} is no tokenizer: give a SPEC, a library's tokenizer or a callable")


def _last_part(path: str) -> str:
    return PurePath(path).name
