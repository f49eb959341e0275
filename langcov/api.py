"""The Python interface: one function a measurement."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from langcov.corpora import resolve
from langcov.corpora.base import ReadOptions
from langcov.engine import choose
from langcov.evaluate import measure
from langcov.plan import Progress, Settings
from langcov.result import Result
from langcov.tokenizers import bundled_names, load


def measure_tokenizers(
    tokenizers: Any = (),
    corpora: Any = ("udhr",),
    references: str | Sequence[str] = ("rus", "eng"),
    *,
    languages: str | Sequence[str] | None = None,
    aligned: bool = False,
    words: str = "whitespace",
    price: float | None = None,
    context: int = 8192,
    engine: str = "auto",
    options: ReadOptions | None = None,
    progress: Progress | None = None,
) -> Result:
    """Measure tokenizers on corpora.

    Args:
        tokenizers: specs (``spm:my.model``, ``NAME=SPEC``) or objects of the libraries themselves: a
            ``tokenizers.Tokenizer``, a ``SentencePieceProcessor``, a ``tiktoken.Encoding``, a
            ``transformers`` tokenizer, or any callable from a list of strings to lists of ids. One, a
            list of them, or a mapping from the names that the result shows. Empty: the bundled ones.
        corpora: one or a list of names, files, folders, globs, ``LANG=PATH``, or ``{"tat": lines}``.
        references: languages that premiums are against.
        languages: measure only these; None measures all of each corpus.
        aligned: files without a card are aligned line by line.
        words: the words of fertility, ``whitespace`` or ``uax29``.
        price: of a million tokens; adds ``price_per_million_chars``.
        context: tokens of the context window of ``context_chars``.
        engine: ``auto`` lets certified engines encode large corpora, ``reference`` never does.
        options: how files are read.
        progress: told what happens.

    Returns:
        Records, exact totals, signature and provenance.

    Raises:
        UserError: a spec, a corpus or an option is wrong; the message says which and what to do.

    >>> lines = ["one two", "three"]
    >>> result = measure_tokenizers(["bytes"], corpora=[{"eng": lines}], references=["eng"])
    >>> [record.value for record in result.records if record.metric == "tokens_per_line"]
    [6.0]
    """
    options = options or ReadOptions()
    references = _several(references)
    if isinstance(tokenizers, Mapping):
        systems = [replace(load(tokenizer), name=name) for name, tokenizer in tokenizers.items()]
    else:
        systems = [load(tokenizer) for tokenizer in _several(tokenizers) or bundled_names()]
    found = resolve(
        _several(corpora),
        languages=None if languages is None else _several(languages),
        references=references,
        aligned=aligned,
        options=options,
    )
    settings = Settings(references=references, words=words, context=context, price=price, options=options)
    return measure(found, choose(systems, found, engine), settings, progress=progress)


def _several(given: Any) -> list[Any]:
    """One thing, as people often give it, is a list of one."""
    if isinstance(given, (str, Mapping)) or not isinstance(given, Iterable):
        return [given]
    return list(given)
