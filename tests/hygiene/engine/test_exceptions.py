"""The exceptions of a project: what they silence, where they are found, and what is wrong with them."""

from __future__ import annotations

from pathlib import Path

import pytest

from langcov.errors import UserError
from langcov.hygiene.engine.check import Settings, check_corpora
from langcov.hygiene.engine.exceptions import NAME, Exceptions, nearest
from langcov.hygiene.engine.finding import Issue

IDS = ("lookalike", "variant", "email")
FILE = """
[[accept]]
word = "Cap"
reason = "a surname"

[[accept]]
words = ["IP-адрес", "'ппӕт"]
check = "lookalike"
reason = "as in the dictionary"

  [[ accept ]]
names = ["Instagram"]
any_case = true
reason = "takes endings"

[[accept]]
letters = ["ҧ", "ҕ"]
language = "abk"
reason = "the old orthography"

[[accept]]
word = "a@b.ru"
reason = "of the editors"
"""


def write(folder: Path, text: str = FILE) -> Path:
    path = folder / NAME
    path.write_text(text, "utf-8")
    return path


def issue(check: str = "lookalike", wrong: str = "a", start: int = 0, end: int = 1) -> Issue:
    return Issue(check, "error", start, end, wrong, "")


@pytest.mark.parametrize(
    ("word", "check", "wrong", "accepted"),
    [
        ("Cap", "lookalike", "Cap", True),
        ("«Cap»,", "variant", "Cap", True),
        ("cap", "lookalike", "cap", False),
        ("Caps", "lookalike", "Cap", False),
        ("IP-адрес.", "lookalike", "IP", True),
        ("IP-адрес", "variant", "IP", False),
        ("'ппӕт", "lookalike", "ӕ", True),
        ("('ппӕт)", "lookalike", "ӕ", True),
        ("Instagramга", "lookalike", "Instagram", True),
        ("'INSTAGRAM'", "variant", "INSTAGRAM", True),
        ("Аҧсуа", "variant", "ҧ", True),
        ("Аҧҕa", "variant", "ҧҕ", True),
        ("Аҧсуa", "variant", "ҧa", False),
        ("write to a@b.ru or so", "email", "", True),
        ("...", "variant", ".", False),
    ],
)
def test_what_is_accepted(tmp_path: Path, word: str, check: str, wrong: str, accepted: bool) -> None:
    accepts = Exceptions([write(tmp_path)], IDS).of("abk_Cyrl")
    start = word.find("a@b.ru")
    place = (start, start + 6) if start > 0 else (0, 1)
    assert accepts(word, issue(check, wrong, *place)) == accepted


def test_a_language_has_its_own(tmp_path: Path) -> None:
    exceptions = Exceptions([write(tmp_path)], IDS)
    assert not exceptions.of("tat_Cyrl")("Аҧсуа", issue("variant", "ҧ"))
    assert exceptions.of("tat_Cyrl")("Cap", issue())


def test_those_that_nothing_needs_are_known(tmp_path: Path) -> None:
    path = write(tmp_path)
    exceptions = Exceptions([path], IDS)
    exceptions.of("abk_Cyrl")("Cap", issue())
    assert exceptions.unused == [f"{path}, line {line}" for line in (6, 11, 16, 21)]
    assert Exceptions().unused == [] and not Exceptions().of("tat_Cyrl")("Cap", issue())


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("[[accept]]\nword = 'a'\n", "line 1: no reason"),
        ("[[accept]]\nword = 'a'\nreason = ' '\n", "line 1: no reason"),
        ("\n[[accept]]\nreason = 'so'\n", "line 2: nothing is accepted"),
        ("[[accept]]\nwords = []\nreason = 'so'\n", "nothing is accepted"),
        ("[[accept]]\nwrod = 'a'\nreason = 'so'\n", "line 1: unknown key 'wrod'; .* word, words"),
        ("[[accept]]\nwords = 'a'\nreason = 'so'\n", "'words' must be a list of strings"),
        ("[[accept]]\nwords = ['a', 1]\nreason = 'so'\n", "'words' must be a list of strings"),
        (
            "[[accept]]\nnames = ['']\nreason = 'so'\n",
            "'names' must be a list of strings, none of them empty",
        ),
        ("[[accept]]\nword = 'a'\nany_case = 1\nreason = 'so'\n", "'any_case' must be true or false"),
        ("[[accept]]\nword = 'a'\ncheck = 'lookalikes'\nreason = 'so'\n", "no check is called 'lookalikes'"),
        ("[[accept]]\nword = 'a'\nlanguage = 'Klingonese'\nreason = 'so'\n", "line 1: unknown language"),
        ("accept = [{word = 'a'}]\n", "table 1: no reason"),
        ("[accept]\nword = 'a'\n", "tables \\[\\[accept\\]\\]"),
        ("[[except]]\nword = 'a'\n", "tables \\[\\[accept\\]\\] and nothing else, not 'except'"),
        ("word = ", "not TOML"),
    ],
)
def test_what_is_wrong_is_said(tmp_path: Path, text: str, complaint: str) -> None:
    with pytest.raises(UserError, match=complaint) as raised:
        Exceptions([write(tmp_path, text)], IDS)
    assert "\n" not in str(raised.value) and NAME in str(raised.value)


def test_the_file_is_looked_for_up_to_the_project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "project" / "corpora" / "tat"
    folder.mkdir(parents=True)
    above = write(tmp_path)
    assert nearest(folder) == above
    (tmp_path / "project" / ".git").mkdir()
    assert nearest(folder) is None
    inside = write(tmp_path / "project")
    assert nearest(folder) == inside
    monkeypatch.chdir(folder.parent)
    assert nearest(folder) is None and nearest(Path()) is None
    assert nearest(tmp_path / "project") == inside


def test_a_check_counts_what_is_silenced_and_names_what_is_not_needed(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    text = tmp_path / "che.txt"
    text.write_text("хIун хIун\nдIа\n", "utf-8")
    write(tmp_path, '[[accept]]\nword = "хIун"\nreason = "a"\n\n[[accept]]\nword = "ду"\nreason = "b"\n')
    [report] = check_corpora([str(text)], None, Settings(models=[]))
    assert report.silenced == 2
    assert [finding.text for finding in report.findings if finding.issue.check == "palochka"] == ["дIа"]
    assert f"exceptions that no check needs: 1 ({tmp_path / NAME}, line 5)" in caplog.text
