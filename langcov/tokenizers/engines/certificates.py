"""Certificates: which engine gives a library's ids, as far as ``benchmarks/certify.py`` could tell.

Each is a JSON file in ``langcov/data/certificates``, written only where not one string differed.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from importlib.resources import files
from typing import Any

from langcov.tokenizers.content import Content

SCHEMA = "langcov.certificate/1"
LONGEST = 2_000


@dataclass(frozen=True)
class Certificate:
    """What was compared, and for which tokenizers that counts.

    Attributes:
        engine: distribution and exact version (``gigatoken 0.10.0``).
        reference: the same of the library that it was compared with.
        recipe: of the tokenizers that it is for.
        reference_for: characters whose strings go to the reference.
        scheme: what the engine calls the pattern of such a tokenizer, where it doesn't read it.
    """

    engine: str
    reference: str
    recipe: Mapping[str, Any]
    reference_for: str
    scheme: str = ""

    def covers(self, content: Content) -> bool:
        """Whether its engine may stand behind this tokenizer; what it loads is yet to be compared."""
        return (
            self.engine == installed(self.engine.split()[0])
            and self.reference == installed(content.library)
            and self.recipe == shortened(content.recipe)
        )


def certificates() -> Iterator[Certificate]:
    """All that come with langcov."""
    for file in sorted(files("langcov.data").joinpath("certificates").iterdir(), key=lambda file: file.name):
        if file.name.endswith(".json"):
            yield read(file.read_text(encoding="utf-8"))


def read(text: str) -> Certificate:
    """A certificate from the text of its file."""
    fields = json.loads(text)
    apart = "".join(map(_characters, fields["reference_for"]))
    return Certificate(
        fields["engine"], fields["reference"], fields["recipe"], apart, fields.get("scheme", "")
    )


def find(content: Content, among: Iterable[Certificate]) -> Certificate | None:
    """The certificate of a tokenizer."""
    return next((one for one in among if one.covers(content)), None)


def installed(distribution: str) -> str | None:
    """Distribution and version as a result names them; None where it is not installed."""
    try:
        return f"{distribution} {version(distribution)}"
    except PackageNotFoundError:
        return None


def _characters(span: str) -> str:
    """The characters of a code point or a range of them.

    >>> _characters("0041"), _characters("0041-0043")
    ('A', 'ABC')
    """
    first, _, last = span.partition("-")
    return "".join(map(chr, range(int(first, 16), int(last or first, 16) + 1)))


def shortened(part: Any) -> Any:
    """A recipe with each very long string (a compiled normaliser) replaced by its digest.

    >>> shortened({"pattern": "a|b", "charsmap": "x" * 5000})["charsmap"][:14]
    'sha256:c59d3c0'
    """
    if isinstance(part, Mapping):
        return {key: shortened(value) for key, value in part.items()}
    if isinstance(part, list):
        return [shortened(value) for value in part]
    if isinstance(part, str) and len(part) > LONGEST:
        return "sha256:" + hashlib.sha256(part.encode()).hexdigest()
    return part
