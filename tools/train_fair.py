"""Rebuild langcov-fair-32k from ../shared/corpora: PYTHONPATH=. python tools/train_fair.py

The text is that of langcov-balanced-32k (``train_tokenizers.py``). The shares of the languages are searched
by ``langcov train`` on every other line of FLORES+ in 20 of them, so that the worst premium over English is
lowest; those of other languages stay as they are. UDHR and FLORES+ are not trained on. The same files give
the same bytes. The figures go to standard output, and as JSON into a file if one is named.
"""

from __future__ import annotations

import hashlib
import sys
from pathlib import Path

from train_tokenizers import CORPORA, HERE, read_all

from langcov.cli.progress_bar import choose
from langcov.corpora import resolve
from langcov.report.render import markdown
from langcov.report.train import files, view
from langcov.train.train import train
from langcov.train.trained import Settings

NAME = "langcov-fair-32k"
FLORES = {
    **{
        one: one
        for one in ("bak", "bel", "chv", "crh", "deu", "eng", "fin", "hye", "kat", "kaz", "kir", "mhr")
    },
    **{one: one for one in ("rus", "tat", "tgk", "tur", "ukr")},
    "aze": "azj",
    "mon": "khk",
    "uzb": "uzn",
}
"""The language of a file of FLORES+ by the code under which its text is trained on."""
ROUNDS = 8


def main() -> None:
    """Train the model, write it beside the others and its figures to standard output."""
    dev = {code: _lines(flores) for code, flores in FLORES.items()}
    known = {code: set(lines) for code, lines in dev.items()}
    texts = {
        code: [line for line in lines if line not in known.get(code, ())]
        for code, lines in read_all().items()
    }
    settings = Settings(size=32000, rounds=ROUNDS, progress=choose(False))
    found = train(resolve([texts]), resolve([dev], aligned=True), settings)
    (HERE / f"{NAME}.model").write_bytes(found.data)
    digest = hashlib.sha256(found.data).hexdigest()
    print(f"{NAME}.model {len(found.data)} bytes sha256 {digest}", file=sys.stderr)
    if len(sys.argv) > 1:
        Path(sys.argv[1]).write_text(files.as_json(found), "utf-8")
    print(markdown.render(view.sections(found), view.signature(found)))


def _lines(language: str) -> list[str]:
    (path,) = (CORPORA / "flores_plus").glob(f"{language}_*.txt")
    return path.read_text("utf-8").splitlines()


if __name__ == "__main__":
    main()
