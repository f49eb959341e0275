"""The files of pages: safe on every system, whatever a name from outside is."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from hashlib import sha256

LONGEST = 60
RESERVED = {"", "con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(10))}
"""Names of devices, which Windows has in every folder."""


def files(names: Iterable[str]) -> dict[str, str]:
    """A file name for each name, without its ending; a hash tells those apart that would share one.

    >>> files(["tat_Cyrl", "lid.176", "con"])
    {'con': 'x-1143da2b', 'lid.176': 'lid.176', 'tat_Cyrl': 'tat_Cyrl'}
    >>> list(files(["org/a", "org?a"]).values())
    ['org-a-526e3317', 'org-a-56b03d9f']
    """
    slugs = {name: _slug(name) for name in sorted(set(names))}
    often = Counter(slug.casefold() for slug in slugs.values())
    return {
        name: slug if often[slug.casefold()] == 1 and slug != "x" else f"{slug}-{_hash(name)}"
        for name, slug in slugs.items()
    }


def _slug(name: str) -> str:
    """What of a name is safe; ``x`` where nothing is."""
    slug = re.sub(r"[^A-Za-z0-9._-]+", "-", name)[:LONGEST].strip("-.")
    return "x" if slug.partition(".")[0].casefold() in RESERVED else slug


def _hash(name: str) -> str:
    return sha256(name.encode("utf-8", "surrogatepass")).hexdigest()[:8]
