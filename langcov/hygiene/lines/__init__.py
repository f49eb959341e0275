"""The checks of all lines of a file that a user wants and this installation can make."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from langcov.errors import MissingLibrary
from langcov.hygiene.lines.duplicates import Duplicates
from langcov.hygiene.lines.forms import Forms
from langcov.hygiene.lines.languages import LanguagesOfLines
from langcov.hygiene.lines.missing import MissingLetters
from langcov.hygiene.lines.near import NearDuplicates
from langcov.hygiene.lines.overlap import Overlap
from langcov.hygiene.lines.protocol import LineCheck
from langcov.hygiene.lines.statistics import LineStatistics
from langcov.languages import Language
from langcov.languages.alphabets import Alphabet
from langcov.lid.kinds import LidSystem


@dataclass(frozen=True)
class LineChecks:
    """Makes the checks of the lines of one file, and knows which can't be made.

    Attributes:
        makers: what makes each.
        missing: the checks that need a library that is not installed, to what to do.
    """

    makers: Sequence[Callable[[], LineCheck]] = ()
    missing: Mapping[str, str] = field(default_factory=dict)

    def __call__(self) -> list[LineCheck]:
        """Fresh ones, for a file."""
        return [make() for make in self.makers]


def line_checks(
    language: Language,
    alphabet: Alphabet | None,
    wanted: Callable[[str], bool],
    models: Sequence[LidSystem] | None = None,
) -> LineChecks:
    """All that are wanted.

    Args:
        language: that the files are declared to be in.
        alphabet: of its orthography.
        wanted: whether a check of this id is; a class of which one is wanted looks for all of its own.
        models: that say which language a line is in; None takes the fast ones that are installed.
    """
    of_class: list[tuple[Sequence[str], Callable[[], LineCheck]]] = [
        (MissingLetters.ids, lambda: MissingLetters(alphabet)),
        (LanguagesOfLines.ids, lambda: LanguagesOfLines(language, alphabet, models)),
        (Duplicates.ids, Duplicates),
        (NearDuplicates.ids, NearDuplicates),
        (Overlap.ids, Overlap),
        (LineStatistics.ids, LineStatistics),
    ]
    if alphabet:
        of_class.append((Forms.ids, lambda: Forms(alphabet)))
    makers: list[Callable[[], LineCheck]] = []
    missing: dict[str, str] = {}
    for ids, make in of_class:
        chosen = [id for id in ids if wanted(id)]
        try:
            if chosen:
                make()
                makers.append(make)
        except MissingLibrary as error:
            missing |= dict.fromkeys(chosen, str(error))
    return LineChecks(makers, missing)
