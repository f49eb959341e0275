"""An audit for programs: schema ``langcov.audit/1`` (CONTRACT, Audit)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import numpy as np

from langcov import __version__
from langcov.audit.audit import Audit
from langcov.audit.reach import CAUSES
from langcov.core.names import visible
from langcov.results.result import Rows, json_text

SCHEMA = "langcov.audit/1"
MOST_OWN = 50  # pieces of its own that are listed of a language
MOST_PLACES = 20  # places of cuts, likewise


def as_json(audits: Sequence[Audit]) -> str:
    """All of it, a row a line."""
    return json_text(
        {
            "schema": SCHEMA,
            "langcov": __version__,
            "systems": [_system(one) for one in audits],
            "counts": _all(counts(one) for one in audits),
            "unreached": _all(map(_unreached, audits)),
            "whole": _all(map(_whole, audits)),
            "mixed": _all(map(_mixed, audits)),
            "languages": _all(map(_languages, audits)),
            "letters": _all(map(_letters, audits)),
            "kept_apart": _all(map(_kept_apart, audits)),
        }
    )


def signature(audits: Sequence[Audit]) -> str:
    """What was audited, in a line."""
    return "|".join(f"tok:{one.system.name}@{(one.system.tokenizer.sha256 or 'none')[:8]}" for one in audits)


def _all(rows: Iterable[Rows]) -> Rows:
    return [row for some in rows for row in some]


def _system(one: Audit) -> dict[str, Any]:
    return {
        "name": one.system.name,
        "spec": one.system.spec,
        "kind": one.system.kind,
        "sha256": one.system.tokenizer.sha256,
        "model": one.parts.model,
        "vocabulary": len(one.parts.texts),
    }


def counts(one: Audit) -> Rows:
    """How many pieces there are of each kind: all that was asked about, reached or not, by cause."""
    reach, causes = one.reach, Counter(one.reach.causes.values())
    numbers = {
        "asked": int(reach.asked.sum()),
        "alone": int((reach.alone & reach.reached).sum()),
        "beside": int((reach.reached & ~reach.alone).sum()),
        "whole": int(reach.whole.sum()),
        "unreached": sum(number for cause, number in causes.items() if cause != "unknown"),
        "unknown": causes["unknown"],
        "unused": int(one.parts.unused.sum()),
        "mixed": len(one.mixed),
        "lookalike": sum(mixed.alike for mixed in one.mixed),
    }
    return [{"system": one.system.name, "kind": kind, "pieces": number} for kind, number in numbers.items()]


def piece(one: Audit, at: int) -> dict[str, Any]:
    """A piece: its id, and its text, or its bytes in hex where they are no text."""
    [data] = one.parts.texts[np.array([at])].to_bytes()
    try:
        return {"id": at, "piece": data.decode(), "bytes": None}
    except UnicodeDecodeError:
        return {"id": at, "piece": None, "bytes": data.hex()}


def _unreached(one: Audit) -> Rows:
    return [
        {"system": one.system.name, **piece(one, at), "cause": cause, "reason": CAUSES[cause]}
        for at, cause in sorted(one.reach.causes.items())
    ]


def _whole(one: Audit) -> Rows:
    return [{"system": one.system.name, **piece(one, at)} for at in np.flatnonzero(one.reach.whole).tolist()]


def _mixed(one: Audit) -> Rows:
    return [
        {
            "system": one.system.name,
            **piece(one, mixed.at),
            "scripts": list(mixed.scripts),
            "lookalike": mixed.alike,
        }
        for mixed in one.mixed
    ]


def _languages(one: Audit) -> Rows:
    rows = []
    for name, use in one.uses.items():
        owned = one.owned.get(name)
        numbers = {
            "tokens": None if owned is None else owned.tokens,
            "used": None if owned is None else owned.used,
            "own": None if owned is None else len(owned.own),
            "own_share": None if owned is None else owned.share,
        }
        rows.append(
            {
                "system": one.system.name,
                "language": name,
                "corpus": use.corpus,
                **numbers,
                "pieces": [] if owned is None else [piece(one, at) for at in owned.own[:MOST_OWN].tolist()],
                "reason": None if owned else use.reason or "no tokens",
            }
        )
    return rows


def _letters(one: Audit) -> Rows:
    """The letters that lack something; those of whom nothing is lacking are left out."""
    return [
        {"system": one.system.name, **letter._asdict()}
        for letter in one.letters
        if not (letter.alone and letter.starts)
    ]


def _kept_apart(one: Audit) -> Rows:
    return list(_each_kept_apart(one))


def _each_kept_apart(one: Audit) -> Iterator[dict[str, Any]]:
    for language, found in one.kept_apart.items():
        where = {"system": one.system.name, "language": language}
        if isinstance(found, str):
            yield {**where, "words": None, "reason": found}
            continue
        yield {
            **where,
            "words": found.words,
            "cut": found.cut,
            "capitals": found.capitals,
            "tokens": found.tokens,
            "merged": found.merged,
            "spelled": found.spelled,
            "places": _places(found.places),
            "capital_places": _places(found.capital_places),
            "reason": None,
        }


def _places(found: Mapping[str, int]) -> Rows:
    return [{"place": place, "count": n} for place, n in list(found.items())[:MOST_PLACES]]


def shown(one: Audit, ids: Sequence[int]) -> list[str]:
    """Pieces as a reader sees them: spaces as ␣, bytes that are no text in hex."""
    named = [piece(one, at) for at in ids]
    return [
        f"<{each['bytes']}>" if each["piece"] is None else visible(each["piece"].replace(" ", "␣"))
        for each in named
    ]
