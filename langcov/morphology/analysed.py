"""The words of a text, divided by uniparser's rules for its language: silver, never gold.

The packages (``langcov[uniparser]``) are a grammar each. They divide inflection only, don't resolve homonyms,
and answer in small letters. Their library writes ``errors.log``
into the working folder, so it works in one of its own.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from langcov.core.libraries import require
from langcov.core.work import Progress
from langcov.corpora import resolve
from langcov.corpora.base import ReadOptions
from langcov.counting.jobs import Job
from langcov.counting.tokens import count_source
from langcov.counting.word_uses import WordUses
from langcov.errors import UserError
from langcov.morphology.rows import Row
from langcov.tokenizers.model_file import refused

ANALYSERS = {
    "kpv": ("uniparser_komi_zyrian", "KomiZyrianAnalyzer"),
    "mdf": ("uniparser_moksha", "MokshaAnalyzer"),
    "mhr": ("uniparser_meadow_mari", "MeadowMariAnalyzer"),
    "myv": ("uniparser_erzya", "ErzyaAnalyzer"),
    "oss": ("uniparser_ossetic", "OsseticAnalyzer"),
    "udm": ("uniparser_udmurt", "UdmurtAnalyzer"),
}
"""By ISO 639-3 code. The package of Buryat has no grammar in it (1.1.2)."""
MOST = 20_000  # distinct words, the most frequent: a word takes some ten milliseconds
SIGNS = "-=‹›<>"
_WORD = re.compile(r"[^\W\d_]+(?:[-’ʼ'][^\W\d_]+)*")
_AS_IT_KNOWS = {"oss": str.maketrans("æÆ", "ӕӔ")}
"""Letters that a grammar has in one form only: it knows no Ossetic word with the Latin æ."""


def analysed(path: str, language: str, options: ReadOptions, progress: Progress) -> list[Row]:
    """The words of a text, the most frequent first; those that the grammar doesn't know are not divided.

    Args:
        path: of a corpus, as ``langcov tokenizers --corpus`` takes it.
        language: id.
        options: how it is read.

    Raises:
        UserError: there is no grammar of the language, it failed, or knows none of the words.
        MissingLibrary: its package is not installed.
    """
    code = language.partition("_")[0]
    if code not in ANALYSERS:
        known = ", ".join(ANALYSERS)
        raise UserError(f"{path}: no grammar of {language} to divide its words: there are {known}")
    package, name = ANALYSERS[code]
    library = require(package, "uniparser", f"words of {language}")
    words = list(islice(_words(path, language, options), MOST))
    asked = [word.translate(_AS_IT_KNOWS.get(code, {})) for word in words]
    answers: list[Any] = []
    progress.start(len(asked), "dividing words")
    with _elsewhere(), refused(f"{path}: the grammar of {language} failed"):
        analyser = getattr(library, name)(mode="strict")
        for word in asked:
            answers.append(_list(analyser.analyze_words(word)))
            progress.finish(word)
    rows = [
        Row(at, word, tuple(dict.fromkeys(one.wfGlossed for one in answer if one.wfGlossed)), SIGNS)
        for at, (word, answer) in enumerate(zip(words, answers), 1)
    ]
    if not any(row.marked for row in rows):
        raise UserError(f"{path}: the grammar of {language} knows none of its {len(words)} words")
    return rows


def _list(answer: Any) -> list[Any]:
    """All analyses of a word; of one alone the library gives that itself."""
    return answer if isinstance(answer, list) else [answer]


def _words(path: str, language: str, options: ReadOptions) -> Iterator[str]:
    """Distinct words, the most frequent first: letters, with signs between them."""
    [corpus] = resolve([f"{language}={path}"], options=options)
    uses = WordUses()
    for source in corpus.sources:
        tally = count_source(Job(corpus, source, options, keep_words=True), []).tally
        uses.merge(tally.words or WordUses())
    order = sorted(range(len(uses.counts)), key=lambda at: -int(uses.counts[at]))
    texts = uses.words.to_list()
    found = (match[0] for at in order if (match := _WORD.search(texts[at])))
    yield from dict.fromkeys(word for word in found if len(word) > 1)


@contextmanager
def _elsewhere() -> Iterator[None]:
    """Work in a folder of its own, which is gone afterwards."""
    here = Path.cwd()
    with TemporaryDirectory() as folder:
        os.chdir(folder)
        try:
            yield
        finally:
            os.chdir(here)
