"""What a recipe keeps of held-out text, of others and of noise, as it is published and as advised."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice

from langcov.core.names import visible
from langcov.corpora.base import Corpus
from langcov.errors import LibraryFailed, UserError
from langcov.filters.apply import FilterSettings
from langcov.filters.documents import Document, documents_of
from langcov.filters.prepare import Ready
from langcov.filters.stop_words import OTHERS
from langcov.filters.tally import Tally
from langcov.languages import alphabet, find

NOISE = "random letters"
"""What is judged beside languages: the documents of the language, each letter drawn from its alphabet."""


@dataclass(frozen=True)
class Verdict:
    """How many documents the recipe keeps.

    Attributes:
        language: of the documents, or ``NOISE``.
        published, advised: kept; None where no step is judged.
    """

    corpus: str
    language: str
    documents: int
    published: int | None
    advised: int | None


def verdicts(
    corpora: Sequence[Corpus],
    language: str,
    published: Ready,
    advised: Ready,
    settings: FilterSettings,
    by_line: bool,
) -> Iterator[Verdict]:
    """Judge each corpus as if it were all in the language.

    Raises:
        UserError: a library failed on a document.
    """
    settings.progress.start(sum(len(_told(corpus, language)) for corpus in corpora))
    for corpus in corpora:
        for other in _told(corpus, language):
            found = documents_of(corpus, other, settings.options, settings.words, None, by_line)
            documents = list(islice(found, settings.most))
            yield _verdict(corpus, other, documents, published, advised)
            if other == language:
                noise = [*map(_noise(language), documents)]
                yield _verdict(corpus, NOISE, noise, published, advised)
            settings.progress.finish(f"{corpus.name} {other}")


def _told(corpus: Corpus, language: str) -> list[str]:
    """The language, then its kin, then Russian and English, as far as the corpus has them."""
    family = find(language).family
    kin = [one for one in corpus.languages if one != language and find(one).family == family]
    wanted = dict.fromkeys(chain([language], kin, OTHERS))
    return [one for one in wanted if one in corpus.languages]


def _noise(language: str) -> Callable[[Document], Document]:
    """Puts a random letter of the alphabet in the place of each letter; always the same ones."""
    letters = [letter for letter in alphabet(find(language)) if letter == letter.lower() and len(letter) == 1]
    draw = random.Random(0)

    def changed(line: str) -> str:
        return "".join(draw.choice(letters) if one.isalpha() else one for one in line)

    return lambda document: [*map(changed, document)]


def _verdict(
    corpus: Corpus, language: str, documents: Sequence[Document], published: Ready, advised: Ready
) -> Verdict:
    """Each document by both recipes before the next: a library that keeps its words cuts them once."""
    tallies = [Tally(one.filters) for one in (published, advised)]
    try:
        for number, document in enumerate(documents, 1):
            for tally in tallies:
                tally.add(document, f"{visible(corpus.name)} {language}, document {number}")
    except LibraryFailed as error:
        raise UserError(str(error)) from None
    kept = (tally.kept if tally.filters else None for tally in tallies)
    return Verdict(corpus.name, language, len(documents), *kept)
