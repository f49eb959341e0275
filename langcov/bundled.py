"""Where the data that comes with langcov lies, installed from a wheel or in a checkout."""

from __future__ import annotations

from pathlib import Path
from typing import Literal


def bundled(kind: Literal["corpora", "tokenizers"]) -> Path:
    """The folder of the bundled corpora or tokenizers.

    A wheel carries them inside the package, a checkout beside it.

    >>> bundled("tokenizers").name
    'tokenizers'
    """
    package = Path(__file__).resolve().parent
    installed = package / "bundled" / kind
    return installed if installed.is_dir() else package.parent / kind
