"""Objects of the libraries themselves, given through the Python interface where a SPEC is."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from contextlib import suppress
from functools import partial
from operator import index
from pathlib import Path, PurePath
from typing import Any

from langcov.errors import CannotEncode, UserError
from langcov.tokenizers.model_file import cannot_encode
from langcov.tokenizers.protocol import Adapter, Encoded, Tokenizer

_UNASKED = ("add_special_tokens", "bos", "eos", "add_bos", "add_eos")
"""What an ``encode`` may be told, so that it adds no special tokens."""


class CallableTokenizer(Adapter):
    """Any callable from a list of strings to a list of lists of ids; nothing else is known of it.

    It may give tokens as strings: then ids number the distinct ones.
    """

    kind = "callable"
    word_reason = "nothing is known of a callable"

    def __init__(self, function: Callable[[list[str]], Iterable[Iterable[Any]]]) -> None:
        self._function = function
        self._numbers: dict[str, int] = {}
        self._spells: set[bool] = set()

    def encode(self, texts: list[str]) -> Encoded:
        try:
            return self._encode(texts)
        except Exception as error:
            found = cannot_encode(lambda text: self._encode([text]), texts, error)
            raise CannotEncode(found.index, f"the callable failed: {found.reason}") from error

    def _encode(self, texts: list[str]) -> Encoded:
        lists = [self._ids(answer) for answer in self._function(texts)]
        if len(lists) != len(texts):
            raise ValueError(f"it returned {len(lists)} lists for {len(texts)} strings")
        encoded = Encoded.of(lists)
        if encoded.ids.min(initial=0) < 0:
            raise ValueError("it returned an id below 0")
        return encoded

    def _ids(self, answer: Iterable[Any]) -> list[int]:
        if isinstance(answer, (str, bytes)):  # whose letters would pass for tokens
            raise ValueError(f"it returned {answer[:40]!r} where a list of tokens is wanted")
        if isinstance(answer, (Mapping, Set)):  # and keys, as of transformers' {"input_ids": …}
            raise ValueError(f"it returned a {type(answer).__name__} where a list of tokens is wanted")
        tokens = list(answer)
        spells = self._spells.union(isinstance(token, str) for token in tokens)
        if len(spells) > 1:
            raise ValueError("it returned strings and ids, which can't be told apart")
        self._spells = spells
        if True in spells:
            return [self._numbers.setdefault(token, len(self._numbers)) for token in tokens]
        return [index(token) for token in tokens]


def wrap(thing: Any) -> tuple[str, Tokenizer]:
    """A name and an adapter for an object.

    Args:
        thing: a ``Tokenizer`` of this package, a ``SentencePieceProcessor``, a ``tiktoken.Encoding``, a
            ``tokenizers.Tokenizer``, a tokenizer of ``transformers``, ``mistral_common``, ``pyonmttok`` or
            ``tokenmonster``; anything with an ``encode`` from a string to ids or tokens; or any callable from
            a list of strings to lists of them. What is wrapped is a copy of its model without its settings
            (truncation, padding, sampling, added specials).

    Raises:
        UserError: it is none of these.

    >>> wrap(lambda texts: [[len(text)] for text in texts])[1].encode(["ab", ""]).ids.tolist()
    [2, 0]
    >>> wrap(lambda texts: [text.split("-") for text in texts])[1].encode(["ки-но", "но"]).ids.tolist()
    [0, 1, 1]
    """
    name = type(thing).__name__
    family = type(thing).__module__.partition(".")[0]
    if isinstance(thing, Tokenizer):
        return thing.kind, thing
    if isinstance(thing, type):
        raise UserError(f"{thing.__name__} is a class: give an object of it")
    if family == "sentencepiece":
        from langcov.tokenizers.sentencepiece import SentencePiece

        return name, SentencePiece(thing.serialized_model_proto(), name)
    if family == "tiktoken":
        from langcov.tokenizers.tiktoken import of_encoding

        return thing.name, of_encoding(thing)
    if hasattr(thing, "backend_tokenizer") or family == "tokenizers":
        from langcov.tokenizers.huggingface import of_object

        return _last_part(getattr(thing, "name_or_path", "")) or name, of_object(thing)
    if family == "mistral_common" and (adapter := _of_mistral(thing)):
        return name, adapter
    if hasattr(thing, "convert_ids_to_tokens") and callable(thing):  # transformers without a fast backend
        encode = CallableTokenizer(lambda texts: thing(texts, add_special_tokens=False)["input_ids"])
        return _last_part(getattr(thing, "name_or_path", "")) or name, encode
    if function := _function(thing, family):
        return getattr(thing, "__name__", name), CallableTokenizer(function)
    raise UserError(f"a {name} is no tokenizer: give a SPEC, a library's tokenizer or a callable")


def _last_part(path: str) -> str:
    return PurePath(path).name


def _of_mistral(thing: Any) -> Tokenizer | None:
    """The adapter of the file of a ``MistralTokenizer``, or of what it holds; None where there is no file."""
    held = getattr(getattr(thing, "instruct_tokenizer", thing), "tokenizer", thing)
    with suppress(AttributeError, ValueError):  # made of parts
        path = Path(held.file_path)
        if path.is_file():
            from langcov.tokenizers import sentencepiece, tekken

            return (tekken if path.suffix == ".json" else sentencepiece).load(str(path))
    return None


def _function(thing: Any, family: str) -> Callable[[list[str]], Iterable[Iterable[Any]]] | None:
    """What takes a list of strings to their tokens; None where there is nothing of the kind."""
    if family == "pyonmttok":
        return lambda texts: thing.tokenize_batch(texts, training=False)[0]
    if family == "tokenmonster":
        return lambda texts: thing.tokenize(texts)
    if callable(getattr(thing, "encode", None)):
        return _each(thing.encode)
    return _of_lists(thing) if callable(thing) else None


def _of_lists(function: Callable[[list[str]], Any]) -> Callable[[list[str]], Any]:
    """A callable that says what it was given, where it was made for single strings."""

    def given(texts: list[str]) -> Any:
        try:
            return function(texts)
        except (AttributeError, TypeError) as error:
            raise TypeError(f"{error} (it was given a list of strings)") from error

    return given


def _each(encode: Callable[..., Any]) -> Callable[[list[str]], Iterable[Iterable[Any]]]:
    """An ``encode`` of one string, for many: without special tokens, as far as it can be told."""
    known: Sequence[str] = ()
    with suppress(TypeError, ValueError):  # of a function in C
        known = tuple(inspect.signature(encode).parameters)
    one = partial(encode, **dict.fromkeys((word for word in _UNASKED if word in known), False))

    def each(texts: list[str]) -> list[Any]:
        answers = map(one, texts)
        return [getattr(answer, "ids", answer) for answer in answers]

    return each
