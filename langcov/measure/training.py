"""What systems were trained on, by the ledger and by the word of the user, as a result has it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from langcov.corpora.base import Corpus
from langcov.corpora.ledger import base, known_corpora, status, trained_on
from langcov.errors import UserError, did_you_mean


@dataclass(frozen=True)
class Training:
    """What is known of the training of one system."""

    # kind, version, sha256 and labels, by which the ledger knows it
    identity: tuple[str, str, str | None, Collection[str]]
    told: Sequence[str] = ()  # corpora that the user says it was trained on

    def on(self, corpus: str) -> dict[str, Any]:
        """How it stands to a corpus."""
        if corpus in self.told or base(corpus) in map(base, self.told):
            return {"status": "trained", "source": "as the user says", "note": ""}
        kind, version, sha256, labels = self.identity
        found = status(kind, version, corpus, sha256, labels)
        return {"status": found.status, "source": found.source, "note": found.note}

    @property
    def corpora(self) -> list[str] | None:
        """Those that it was trained on, sorted; None where nothing is known."""
        known = trained_on(*self.identity)
        return sorted({*(known or ()), *self.told}) if known is not None or self.told else None


def told(said: Mapping[str, Sequence[str]], name: str, spec: str) -> list[str]:
    """The corpora that the user says a system was trained on, by its name or its SPEC."""
    return [*said.get(name, ()), *said.get(spec, ())]


def check_told(said: Mapping[str, Sequence[str]], systems: Iterable[str], corpora: Iterable[Corpus]) -> None:
    """See that what is said of the training is of systems that are there, and misspells no corpus.

    Args:
        said: corpora by the name or SPEC of a system.
        systems: all names and SPECs.
        corpora: that are measured; others may be named too.

    Raises:
        UserError: it is not, or does.
    """
    names = list(dict.fromkeys(systems))
    stray = next((name for name in said if name not in names), None)
    if stray is not None:
        raise UserError(f"trained on: {stray!r} is not measured; there are {', '.join(names)}")
    there = {corpus.name for corpus in corpora}
    for name in {base(one) for told in said.values() for one in told} - known_corpora() - {*map(base, there)}:
        if near := did_you_mean(name, there):
            raise UserError(f"trained on {name!r}: {near.removeprefix('; ').removesuffix('?')}")
