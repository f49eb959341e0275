"""A training as files: JSON, the tokenizer and its card."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

from langcov import __version__
from langcov.core.files import write_text, write_whole
from langcov.report.render import markdown
from langcov.report.train import view
from langcov.results.result import json_text
from langcov.train.trained import Trained

SCHEMA = "langcov.training/1"
MARKER = ".langcov-train"
JOURNAL = "rounds.json"
CARD = "README.md"
RESULT = "training.json"


def as_json(trained: Trained) -> str:
    """All of it but the tokenizer itself."""
    settings = trained.settings
    return json_text(
        {
            "schema": SCHEMA,
            "langcov": __version__,
            "balance": settings.balance,
            "model": settings.model if trained.kind == "spm" else "byte-bpe",
            "vocab": settings.size,
            "corpora": list(trained.corpora),
            "licences": list(trained.licences),
            "dev": list(trained.dev),
            "reference": trained.reference,
            "lines": list(trained.lines),
            "characters": dict(trained.chars),
            "ratios": dict(trained.ratios),
            "missing_letters": list(trained.missing),
            "gains": {one: list(gain) for one, gain in trained.gains.items()},
            "variants": [asdict(one) for one in trained.variants],
            "rounds": [asdict(one) for one in trained.rounds],
        }
    )


def begin(folder: Path) -> Path:
    """Make the folder of a training; where its rounds are kept."""
    folder.mkdir(exist_ok=True)
    write_text(folder / MARKER, "Made by langcov train.\n")
    return folder / JOURNAL


def write(trained: Trained, folder: Path) -> None:
    """The tokenizer, its figures and its card beside the rounds."""
    write_whole(folder / trained.file, trained.data)
    write_text(folder / RESULT, as_json(trained))
    write_text(folder / CARD, card(trained))


def card(trained: Trained) -> str:
    """What the tokenizer is, what it was trained on, and how a result is told of it."""
    name = f"{trained.kind}:{trained.file}"
    ratios = ", ".join(f"{ratio:.3f}" for ratio in trained.ratios.values())
    said = [
        f"# {trained.settings.size} pieces for {len(trained.chars)} languages",
        f"Trained by langcov {__version__} on {', '.join(trained.corpora)} (licences: "
        f"{', '.join(trained.licences)}), with `--balance {trained.settings.balance}`. The shares of the "
        f"languages were searched on lines of {', '.join(trained.dev)}, of which nothing was trained on.",
        f"Measure it as `{name}`, and say what it was trained on: "
        f"`--trained-on {name}={','.join(trained.corpora)}`.",
        f"Bytes for the same content, as `ParityBpeTrainer` of tokenizers wants them of "
        f"{', '.join(trained.ratios)}: `ratio=[{ratios}]`.",
    ]
    return "\n\n".join(said) + "\n\n" + markdown.render(view.sections(trained), view.signature(trained))
