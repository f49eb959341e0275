"""What is asked of a training, and what comes of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from langcov.core.work import Progress
from langcov.corpora import ReadOptions
from langcov.train.aligned import Worst
from langcov.train.sampling import Weights
from langcov.train.search import Round
from langcov.train.sentencepiece import Model

Balance = Literal["premium", "uniform", "proportional", "parity"]
BALANCES: tuple[Balance, ...] = ("premium", "uniform", "proportional", "parity")
FILES = {"spm": "tokenizer.model", "hf": "tokenizer.json"}


@dataclass(kw_only=True)
class Settings:
    """What is trained.

    Attributes:
        languages: by any name; none: those of the corpora.
        balance: how the text is shared among them.
        model: of SentencePiece; the parity-aware trainer makes a byte-level BPE.
        size: of the vocabulary.
        rounds: of the search, at most.
        reference: that premiums are against; none: English, else Russian, else the first of the languages.
        journal: where rounds that are done are kept.
    """

    languages: Sequence[str] = ()
    balance: Balance = "premium"
    model: Model = "bpe"
    size: int = 32000
    rounds: int = 8
    reference: str = ""
    journal: Path | None = None
    options: ReadOptions = field(default_factory=ReadOptions)
    progress: Progress = field(default_factory=Progress)


@dataclass(frozen=True)
class Variant:
    """One way to share the text among the languages, and what it costs on lines not searched on."""

    balance: str
    weights: Weights  # none of the parity-aware trainer
    premiums: Mapping[str, float]
    intervals: Mapping[str, tuple[float, float]]  # none where there are too few lines
    tokens: Mapping[str, int]
    worst: Worst


@dataclass(frozen=True, eq=False)
class Trained:
    """The tokenizer, and what others of its size would cost."""

    settings: Settings
    corpora: tuple[str, ...]
    licences: tuple[str, ...]
    dev: tuple[str, ...]
    chars: Mapping[str, int]  # characters of text, white space left out
    # bytes of each language over those of the reference for the same content: the ``ratio`` of tokenizers'
    # ParityBpeTrainer
    ratios: Mapping[str, float]
    reference: str
    lines: tuple[int, int]  # that weights were searched on, and tested on
    variants: tuple[Variant, ...]  # the one that was asked for first
    gains: Mapping[str, Sequence[float]]  # by which share its worst premium is another's, low, high
    missing: tuple[str, ...]  # letters of the alphabets that have no piece
    rounds: tuple[Round, ...]
    kind: str
    data: bytes

    @property
    def file(self) -> str:
        return FILES[self.kind]
