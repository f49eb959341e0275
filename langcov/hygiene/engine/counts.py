"""How often words and letters stand in a file, as it is and with some of its words fixed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from langcov.hygiene.engine.attestation import Attestation
from langcov.hygiene.reading.fields import Fields, weighted_uses


@dataclass(frozen=True, eq=False)
class Counts:
    """What checks may ask of a file.

    Attributes:
        attestation: has counted the words that they ask for.
        letters: how often each code point stands in the file; each text has an LF.
    """

    attestation: Attestation
    letters: Mapping[str, int]

    @cached_property
    def words(self) -> Mapping[str, int]:
        """How often each word that was asked for stands in the file."""
        return self.attestation.counts

    def exchanged(self, before: Sequence[str], after: Sequence[str], times: NDArray[np.int64]) -> Counts:
        """The counts once some words have become others.

        Args:
            before, after: the words.
            times: how often each stands in the file, int64 [n].
        """
        attestation, letters = self.attestation.copy(), Counter(self.letters)
        for words, weights in ((before, -times), (after, times)):
            points = Fields.of(words).points
            attestation.add(points, weights)
            uses = weighted_uses(points, weights)
            for point in np.flatnonzero(uses != 0).tolist():
                letters[chr(point)] += int(uses[point])
        return Counts(attestation, letters)
