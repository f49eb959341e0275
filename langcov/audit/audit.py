"""One vocabulary looked through: what is asked, in which order, and what comes of it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

import numpy as np

from langcov.audit.kept_apart import KeptApart, kept_apart
from langcov.audit.letters import Letter, letters
from langcov.audit.reach import Reach, Search
from langcov.audit.scripts import Mixed, mixed
from langcov.audit.uses import Owned, Use, owned, uses
from langcov.core.arrays import Bools
from langcov.core.work import Progress
from langcov.corpora.base import Corpus, ReadOptions
from langcov.errors import CannotDecode, CannotEncode, UserError
from langcov.languages import all_languages
from langcov.tokenizers import System
from langcov.tokenizers.model_file import broken_utf8
from langcov.tokenizers.parts import HasParts, Parts

TRYING = "texts that pieces might come of"


@dataclass(frozen=True, eq=False)
class Audit:
    """What is in a vocabulary.

    Attributes:
        system: whose it is.
        parts: what the tokenizer is made of.
        reach: which pieces texts have.
        mixed: pieces of several scripts, by id.
        uses: the text of each language that was counted.
        owned: the pieces of each language; those without tokens are left out.
        letters: of the alphabets.
        kept_apart: of each language with words, or why it isn't known.
    """

    system: System
    parts: Parts
    reach: Reach
    mixed: list[Mixed]
    uses: dict[str, Use]
    owned: dict[str, Owned]
    letters: list[Letter]
    kept_apart: dict[str, KeptApart | str] = field(default_factory=dict)


def audit(
    system: System,
    corpora: Sequence[Corpus],
    languages: Collection[str],
    options: ReadOptions,
    progress: Progress,
) -> Audit:
    """Look through the vocabulary of a tokenizer.

    Args:
        corpora: text that says whose language uses which piece: word tables, or running text.
        languages: ids of those to tell of; the others only say which pieces are not theirs.
        options: how files are read.

    Raises:
        UserError: the tokenizer can't be taken apart.
    """
    library = system.library
    vocabulary = library.vocabulary
    if not isinstance(library, HasParts) or vocabulary is None:
        raise UserError(
            f"{system.spec}: nothing is known of its pieces: {system.kind} is no kind that can be audited "
            "(those are BPE, unigram, WordPiece and longest-match vocabularies in files)"
        )
    parts = library.parts()
    asked = _asked(parts, vocabulary.returnable, vocabulary.unknown)
    progress.start(1 + sum(len(corpus.sources) for corpus in corpora), "text and pieces")
    found = uses(system, corpora, options, progress)
    seen = np.zeros(vocabulary.size, np.bool_)
    for use in found.values():
        seen |= False if use.ids is None else use.ids > 0
    reach = Search(library, parts, asked, seen).run()
    progress.finish(TRYING)
    told = {name: use for name, use in found.items() if name in languages}
    whole = np.flatnonzero(asked & ~broken_utf8(parts.texts.to_bytes()))
    return Audit(
        system=system,
        parts=parts,
        reach=reach,
        mixed=[one._replace(at=int(whole[one.at])) for one in mixed(parts.texts[whole].packed())],
        uses=told,
        owned={name: one for name, one in owned(found, asked).items() if name in told},
        letters=letters(library, parts, reach.reached, (one for one in all_languages() if one.id in told)),
        kept_apart={name: _kept_apart(system, parts, name, use) for name, use in told.items()},
    )


def _asked(parts: Parts, returnable: Bools, unknown: int | None) -> Bools:
    """The pieces that there is something to ask about: no special token, no UNK, none marked as unused."""
    asked = returnable & (parts.texts.lengths > 0) & ~parts.unused
    if unknown is not None:
        asked[unknown] = False
    return asked


def _kept_apart(system: System, parts: Parts, language: str, use: Use) -> KeptApart | str:
    if parts.cut is None:
        return "no pattern cuts its text"
    if system.library.word_form is None:
        return f"its words can't be asked by themselves: {system.library.word_reason}"
    try:
        return kept_apart(system.library, parts, language, use.words, parts.cut)
    except (CannotEncode, CannotDecode) as error:
        return str(error)
