"""What is told beside figures: a file may not be whole, or an object gives other ids than its file.

Classes of transformers have rules of their own: of the ``tokenizer.json`` in a folder they may take the
vocabulary alone. What is measured is the object; whoever names the file measures something else.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import replace

import numpy as np

from langcov.corpora import Corpus, Provenance, ReadOptions, Source, read, read_words
from langcov.corpora.readers.streams import is_pipe
from langcov.errors import LangcovError, UserError
from langcov.tokenizers import System, load

LINES = 200  # lines of each file (words of each language of a word table) on which ids are compared


def notices(systems: Sequence[System], corpora: Sequence[Corpus], options: ReadOptions) -> dict[str, str]:
    """What is to be said of each such system, by its name.

    Args:
        systems: the tokenizers.
        corpora: of each file the first lines are read once more, but for pipes.
        options: how.
    """
    files = {system.name: getattr(system.library, "beside", "") for system in systems}
    texts = list(_sample(corpora, options)) if any(files.values()) else []
    found = {system.name: said for system in systems if (said := getattr(system.library, "notice", ""))}
    for system in systems:
        with suppress(LangcovError):  # of a file that can't be loaded, or a text that can't be encoded
            if texts and (file := files[system.name]):
                ids, other = (one.encode(texts) for one in (system.library, load(f"hf:{file}").tokenizer))
                if wrong := int(ids.differs(other).sum()):
                    found[system.name] = _notice(wrong, len(texts))
    return found


def _notice(wrong: int, of: int) -> str:
    return (
        f"this object gives other ids than the tokenizer.json that it was loaded from, in {wrong} of {of} "
        "texts compared: its class has rules of its own; the figures are of the object"
    )


def _sample(corpora: Sequence[Corpus], options: ReadOptions) -> Iterator[str]:
    for corpus in corpora:
        for source in corpus.sources:
            if not is_pipe(source.path):
                yield from _some(source, corpus, options)


def _some(source: Source, corpus: Corpus, options: ReadOptions) -> list[str]:
    """The first lines of a source; of a word table words all over it."""
    if source.format == "words":
        words = read_words(source, corpus, options, Provenance()).words
        return words[np.unique(np.linspace(0, len(words) - 1, LINES).astype(np.int64))].to_list()
    lines: list[str] = []
    with suppress(UserError):  # those lines are empty
        for some in read(source, corpus, replace(options, max_lines=LINES), Provenance()):
            lines += some.text.to_list()
    return lines
