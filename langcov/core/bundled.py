"""Where the data that comes with langcov lies, installed from a wheel or in a checkout."""

from __future__ import annotations

from pathlib import Path
from typing import Literal


def bundled(kind: Literal["corpora", "tokenizers"]) -> Path:
    """The folder of the bundled corpora or tokenizers.

    A wheel carries them in ``langcov/data``, where a checkout has links to the folders beside the package.
    A checkout whose links were lost (git on Windows may write them as small files) is followed by hand.

    >>> bundled("tokenizers").name
    'tokenizers'
    """
    package = Path(__file__).resolve().parents[1]
    linked = package / "data" / kind
    return linked if linked.is_dir() else package.parent / kind
