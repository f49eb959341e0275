"""Advice on pieces as files: JSON, the table of the pieces, and the card of the tokenizer that has them."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Any

from langcov import __version__
from langcov.core.folders import replacing_folder
from langcov.extend.advise import Advice
from langcov.report.extend import view
from langcov.report.render import markdown
from langcov.results.result import json_text

SCHEMA = "langcov.advice/1"
MARKER = ".langcov-advice"
PIECES = "pieces.tsv"
CARD = "README.md"
HEADER = "id\tpiece\tbytes\tleft\tright\tlearned\ttested"


def as_json(advice: Advice) -> str:
    """All of it but the tokenizer itself."""
    tokenizer = advice.system.tokenizer
    return json_text(
        {
            "schema": SCHEMA,
            "langcov": __version__,
            "tokenizer": {"name": advice.system.name, "spec": advice.system.spec, "sha256": tokenizer.sha256},
            "corpora": list(advice.corpora),
            "held_out": [corpus.name for corpus in advice.settings.held_out],
            "learned_lines": advice.learned_lines,
            "trimmed": advice.trimmed,
            "replaced": [view.piece_text(text) for text in advice.replaced],
            "sizes": list(advice.sizes),
            "tested": [asdict(one) for one in advice.tested],
            "kept": [asdict(one) for one in advice.kept],
            "pieces": [_piece(advice, at) for at in range(len(advice.learned))],
        }
    )


def write(advice: Advice, folder: Path) -> None:
    """The tokenizer, its pieces and its card; all or nothing.

    Raises:
        UserError: the folder holds what is not ours, or can't be written.
    """
    with replacing_folder(folder, MARKER) as new:
        (new / advice.file).write_bytes(advice.data)
        (new / PIECES).write_text(pieces(advice), "utf-8")
        (new / CARD).write_text(card(advice), "utf-8")


def pieces(advice: Advice) -> str:
    """A line a piece, those that save most first: how often it stood in the text learned on and tested on."""
    lines = ["\t".join(map(str, _piece(advice, at).values())) for at in range(len(advice.learned))]
    return "\n".join([HEADER, *lines, ""])


def card(advice: Advice) -> str:
    """What the tokenizer is and how it was made."""
    name = Path(advice.system.spec).name
    before, after = advice.sizes
    rows = f"{after} rows of embeddings ({before} before)"
    where = "in the place of pieces of its own" if advice.replaced else "behind its own"
    said = [
        f"# {advice.system.name} with {len(advice.learned)} more pieces",
        f"`{advice.file}` is the tokenizer of `{name}` (sha256 `{advice.system.tokenizer.sha256}`) with "
        f"the pieces of `{PIECES}` {where}. Measure it as `{advice.spec}`.",
        f"A model that had the old tokenizer needs {rows}; those of new pieces have to be learned, or begun "
        "as the mean of the rows of their parts.",
        f"Made by langcov {__version__} from {', '.join(advice.corpora)}. The licences of tokenizer and "
        "text hold for it.",
    ]
    return "\n\n".join(said) + "\n\n" + markdown.render(view.sections(advice), view.signature(advice))


def _piece(advice: Advice, at: int) -> dict[str, Any]:
    """A new piece: its id, how it reads, its bytes, what it is joined of, and its uses."""
    one = advice.learned[at]
    left, right = one.parts[0] if one.parts else (None, None)
    return {
        "id": one.id,
        "piece": view.piece_text(advice.texts[at]),
        "bytes": advice.texts[at].hex(),
        "left": "" if left is None else left,
        "right": "" if right is None else right,
        "learned": one.uses,
        "tested": int(advice.uses[at]),
    }
