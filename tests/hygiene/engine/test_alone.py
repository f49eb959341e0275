"""What a check finds depends on no other check, and what it fixes on none that fixes nothing."""

from __future__ import annotations

import random
import unicodedata
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from langcov.corpora.base import Source
from langcov.hygiene.engine.check import Settings, check_corpora, check_corpus, make_plan
from langcov.hygiene.engine.exceptions import Exceptions
from langcov.hygiene.engine.finding import Finding
from langcov.hygiene.engine.registry import chosen
from langcov.hygiene.fixing.diff import unified
from langcov.hygiene.fixing.fix import Fixing, fix
from langcov.languages import find

IDS = sorted(chosen().ids - {"encoding"})  # which is told of whatever is looked for
MODELS = ["russian-line", "sister-language", "other-language"]
QUICK = [id for id in IDS if id not in MODELS]
CHARACTERS = st.sampled_from(
    "аәҗңһӏӀ1Il|!XVхсро\u0306\u0308\u0304ăçÿӳ\u00ad\u200b\ufeff\u202e\ue000\ufffd&#;<>[{'’ʼ\"”°№@.-+(89٤҉"
    "▒░ÐÑ§QWEБРТ\u0085\u2028\u0301"
)
WORDS = st.sampled_from(
    [
        "хIун",
        "хӏун",
        "х1ун",
        "Cap",
        "çын",
        "ҫын",
        "ӑна",
        "ФБР",
        "ӏABC",
        "ТӏАР",
        "KLFXTY",
        "ÐÐ°Ñ",
        "&#1241;",
        "<b>",
        "a@b.ru",
        "тел.",
        "5-55-55",
        "٠١٢٣٤",
        "1941-1945",
        "ки\u00adтап",
        "китап",
        "и\u0306",
        "а\ufeffй",
        "q" * 1001,
        "а" * 1001,
    ]
)
LINES = st.lists(
    st.lists(st.one_of(WORDS, st.text(CHARACTERS, min_size=1, max_size=9)), max_size=6).map(" ".join),
    min_size=1,
    max_size=25,
)


def of(check: str, findings: Sequence[Finding]) -> list[Finding]:
    return [finding for finding in findings if finding.issue.check == check]


@settings(max_examples=40)
@given(LINES, st.sampled_from(["tat", "che", "chv", "vep", "arb"]), st.data())
def test_findings_in_hostile_text(lines: list[str], language: str, data: st.DataObject) -> None:
    lines = ["ак", *lines]  # a text without a character is refused
    if data.draw(st.booleans()):
        lines = [unicodedata.normalize("NFD", line) for line in lines]
    together = check_corpus(lines, language, Settings(skip=MODELS)).findings
    some = data.draw(st.lists(st.sampled_from(QUICK), min_size=1, max_size=4))
    apart = check_corpus(lines, language, Settings(only=some))
    assert {finding.issue.check for finding in apart.findings} <= set(some)
    assert apart.not_judged.keys() <= set(some)
    for check in some:
        assert of(check, apart.findings) == of(check, together)


REAL = [
    ("commonvoice/chv.txt", "chv", 700),
    ("ud/UD_Abaza-ATB.conllu", "abq", 5000),
    ("udhr/evn_Cyrl.txt", "evn", 900),
    ("gatitos/oss_Cyrl.tsv", "oss", 1500),
    ("flores_plus/crh_Latn.txt", "crh_Latn", 150),
]


@pytest.mark.parametrize(("name", "language", "size"), REAL)
def test_findings_in_real_text(shared: Path, tmp_path: Path, name: str, language: str, size: int) -> None:
    """Each check alone, models included, and all checks cut at random into parts."""
    path = tmp_path / name.rpartition("/")[2].replace(".tsv", ".txt")
    lines = (shared / "corpora" / name).read_text("utf-8").splitlines(keepends=True)[:size]
    form = "# text = {}\n\n" if path.suffix == ".conllu" else "{}\n"
    path.write_text("".join([*lines, form.format("тел. 5-55-55"), form.format("ӏABCə q")]), "utf-8")
    (together,) = check_corpora([str(path)], language)
    assert together.findings
    shuffled = random.Random(name).sample(IDS, len(IDS))
    parts = [[id] for id in IDS] + [shuffled[start : start + 7] for start in range(0, len(IDS), 7)]
    for part in parts:
        (apart,) = check_corpora([str(path)], language, Settings(only=part))
        assert apart.not_judged.keys() <= set(part)
        for check in part:
            assert of(check, apart.findings) == of(check, together.findings), check
            assert apart.not_judged.get(check) == together.not_judged.get(check)


@pytest.mark.parametrize(
    ("line", "language", "check", "places"),
    [
        ("тел. 5-55-55", "tat", "phone", [6]),  # needs no other sign of something wrong
        ("тел. 5-55-55 <b>", "tat", "phone", [6]),
        ("тел. ٠١٢٣٤٥", "tat", "phone", [6]),
        ("ӏABC", "che", "palochka-form", []),  # three capitals of another script
        ("а" * 1001, "tat", "line-length", [1, 1]),  # a long line, and a word that is none
        ("q" * 1001, "tat", "lookalike", []),
    ],
)
def test_what_once_depended_on_others(line: str, language: str, check: str, places: list[int]) -> None:
    for only in ([check], []):
        report = check_corpus([line], language, Settings(only=only, skip=MODELS))
        assert [finding.column for finding in of(check, report.findings)] == places
    (alone,) = [check_corpus([line], language, Settings(only=[check]))]
    assert {finding.issue.check for finding in alone.findings} <= {check}


def test_only_what_was_chosen_is_said_to_be_not_judged() -> None:
    report = check_corpus(["хӏун дуьйцу аса цаьрга"], "inh", Settings(only=["sister-language"], models=[]))
    assert report.not_judged.keys() == {"sister-language"}


def fixed(path: Path, language: str, only: Sequence[str] = ()) -> Fixing:
    plan = make_plan(find(language).id, Settings(only=only), Exceptions())
    return fix(Source(find(language).id, str(path), "txt"), plan)


@settings(max_examples=40)
@given(lines=LINES, language=st.sampled_from(["tat", "che", "chv"]))
def test_checks_that_fix_nothing_change_no_fix(
    tmp_path_factory: pytest.TempPathFactory, lines: list[str], language: str
) -> None:
    path = tmp_path_factory.mktemp("text") / "text.txt"
    path.write_text("".join(f"{line}\n" for line in lines), "utf-8", newline="")
    together = fixed(path, language)
    diff = list(unified(together.blocks(), "text"))
    fixing = [*together.by_check]
    (found,) = check_corpora([str(path)], language, Settings(skip=MODELS))
    # A fix that is weighed and not made may still have attested what another one makes.
    assume({one.issue.check for one in found.findings if one.issue.suggestion} <= {*fixing})
    if fixing:
        assert list(unified(fixed(path, language, fixing).blocks(), "text")) == diff


def test_fixes_of_one_check_by_itself(tmp_path: Path) -> None:
    """Where no word is fixed by two, what all checks fix is what each fixes alone."""
    path = tmp_path / "chv.txt"
    path.write_text("çын ҫын\nки\u00adтап китап\n&#1241;ни\n", "utf-8")
    lines = path.read_text("utf-8").split("\n")
    together = changed(fixed(path, "chv"))
    apart = [changed(fixed(path, "chv", [check])) for check in ("lookalike", "invisible", "entity")]
    assert [len(changes) for changes in apart] == [1, 1, 1]
    assert together == {number: line for changes in apart for number, line in changes.items()}
    assert together.keys() <= set(range(len(lines)))


def changed(fixing: Fixing) -> dict[int, bytes]:
    return {block.first + at: line for block in fixing.blocks() for at, line in block.fixed.items()}
