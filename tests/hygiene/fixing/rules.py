"""Toy rules for Chechen, and files that are fixed by them: what the tests of fixing share."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from langcov.corpora.base import ReadOptions, Source
from langcov.corpora.readers.formats import format_of
from langcov.hygiene.engine.finding import Issue
from langcov.hygiene.engine.protocol import Check, Evidence
from langcov.hygiene.engine.registry import Chosen
from langcov.hygiene.engine.search import Plan
from langcov.hygiene.fixing.copy import beside, log_beside, write_copy
from langcov.hygiene.fixing.fix import Fixing, fix
from langcov.languages import find
from langcov.languages.alphabets import alphabet_of

RULES = {"I": "ӏ", "x": "хх", "\u00ad": "", "и\u0306": "й", "@": "а б", "q": '"'}
"""One letter for one, two for one, none for one, one for two, a space, a quotation mark."""


def checks() -> list[Check]:
    """A check for each rule, by its place."""

    def check(number: int, wrong: str, right: str) -> Check:
        def issues(word: str, evidence: Evidence) -> Iterable[Issue]:
            if wrong in word:
                at = word.index(wrong)
                new = word.replace(wrong, right)
                yield Issue(f"rule{number}", "error", at, at + len(wrong), wrong, "", {}, new, automatic=True)

        return Check(f"rule{number}", "", "", word=issues, suspects=lambda evidence: wrong)

    return [check(number, wrong, right) for number, (wrong, right) in enumerate(RULES.items())]


def toy(**options: Any) -> Plan:
    """The rules for Chechen."""
    return Plan(find("che"), alphabet_of("che"), Chosen(checks()), options=ReadOptions(**options))


def fixed(word: str) -> str:
    """What the rules make of a word, but for a space."""
    new = word
    for wrong, right in RULES.items():
        new = new.replace(wrong, right)
    return new if new.split() == [new] else word


def opened(path: Path, plan: Plan | None = None) -> Fixing:
    return fix(Source("che_Cyrl", str(path), format_of(str(path)) or "txt"), plan or toy())


def copied(path: Path, plan: Plan | None = None) -> bytes:
    """The fixed copy, whose log says the truth."""
    fixing = opened(path, plan)
    copy = beside(str(path))
    write_copy(fixing, copy, log_beside(copy))
    old, new = path.read_bytes(), copy.read_bytes()
    for line in log_beside(copy).read_text("utf-8").splitlines():
        record = json.loads(line)
        if "left" not in record and path.suffix not in (".jsonl", ".csv"):
            before, after = (
                record[key].encode(name) for key, name in zip(("before", "after"), fixing.encoding)
            )
            assert old[record["byte"] :].startswith(before)
            assert new[record["new_byte"] :].startswith(after)
            rows = old.decode(fixing.encoding.old).removeprefix("\ufeff")
            row = rows.split("\n" if "\n" in rows else "\r")[record["line"] - 1]
            assert row[record["column"] - 1 :].startswith(record["before"])
    return new


LETTERS = st.sampled_from([*"абйи\u0306Ixq@\u00ad, \t\u00a0\r\n\n", "хӏун", "I", "\r\n", "кх"])


TEXTS = st.builds(
    lambda mark, text: mark + text,
    st.sampled_from(["", "\ufeff"]),
    st.lists(LETTERS, max_size=40).map("".join),
)


FEW = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
