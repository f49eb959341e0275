"""What is done with each file of a language."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from langcov.corpora.base import ReadOptions
from langcov.errors import UserError
from langcov.hygiene.engine.judge import Accepts
from langcov.hygiene.engine.registry import Chosen
from langcov.languages import Language
from langcov.languages.alphabets import Alphabet
from langcov.lid.kinds import LidSystem


@dataclass(frozen=True, eq=False)
class Plan:
    """What is looked for, and how files are read.

    Attributes:
        language: that the files are declared to be in.
        alphabet: of its orthography.
        chosen: the checks.
        accepted: whether the project's exceptions accept an issue of a word or of a line.
        models: that say which language a line is in; None takes the fast ones that are installed.
        options: how files are read.
        refuse: makes the error for a file in another encoding.
        progress: told of each block that was read.
    """

    language: Language
    alphabet: Alphabet | None
    chosen: Chosen
    accepted: Accepts = lambda word, issue: False
    models: Sequence[LidSystem] | None = None
    options: ReadOptions = field(default_factory=ReadOptions)
    refuse: Callable[[str, int, bytes], UserError] | None = None
    progress: Callable[[str, int], None] = lambda path, size: None
