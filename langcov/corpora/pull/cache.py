"""Where pulled corpora lie: ``corpora/NAME`` with its card, and ``upstream/``, what they were made of."""

from __future__ import annotations

import hashlib
from pathlib import Path

from langcov.core.files import cache_folder, replacing
from langcov.corpora.card.card import CARD


def pulled_corpora() -> dict[str, Path]:
    """Name → folder of the corpora that have been pulled."""
    cache = cache_folder()
    cards = sorted(cache.glob(f"corpora/*/{CARD}")) if cache else []
    return {card.parent.name: card.parent for card in cards}


def write(path: Path, content: bytes) -> None:
    """Write a file so that nobody ever finds a part of it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with replacing(path) as file:
        file.write(content)


def recorded(path: Path) -> str | None:
    """The sha256 that was recorded when a file was first trusted; None if there is none."""
    try:
        return _record(path).read_text("ascii").split()[0]
    except (OSError, ValueError, IndexError):
        return None


def record(path: Path) -> None:
    """Record the sha256 of a file, in the format of sha256sum."""
    write(_record(path), f"{sha256(path)}  {path.name}\n".encode())


def intact(path: Path) -> bool:
    """Whether a file is here and still what was recorded of it."""
    return path.is_file() and recorded(path) == sha256(path)


def forget(path: Path) -> None:
    """Remove a file and what was recorded of it."""
    _record(path).unlink(missing_ok=True)
    path.unlink(missing_ok=True)


def _record(path: Path) -> Path:
    return path.with_name(f"{path.name}.sha256")


def sha256(path: Path) -> str:
    """The digest of a file."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while piece := file.read(1 << 20):
            digest.update(piece)
    return digest.hexdigest()
