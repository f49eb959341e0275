"""The signature reads back into its parts whatever names it was given."""

from __future__ import annotations

from urllib.parse import unquote

from hypothesis import given
from hypothesis import strategies as st

from langcov.results.signature import build

SHA = "0123456789abcdef" * 4


def test_form() -> None:
    signature = build(
        [("udhr", SHA), ("mine", SHA[::-1])],
        [("gemma3", SHA), ("callable", None)],
        {"words": "whitespace", "norm": "none", "ci": "boot1000.s0", "version": "0.1.0"},
    )
    assert signature["short"] == (
        "corpus:udhr@01234567+mine@fedcba98|tok:gemma3@01234567+callable@none"
        "|words:whitespace|norm:none|ci:boot1000.s0|version:0.1.0"
    )
    assert f"tok:gemma3@{SHA}+callable@none|" in signature["long"]


def test_lid_systems_have_their_own_label() -> None:
    assert build([("udhr", SHA)], [("lid176", SHA)], {}, label="lid")["short"].endswith(
        "|lid:lid176@01234567"
    )


names = st.text(min_size=1, max_size=8) | st.text("|+@%:\n ", min_size=1, max_size=5)


@given(st.lists(st.tuples(names, st.just(SHA)), min_size=1, max_size=3), names)
def test_hostile_names_come_back(systems: list[tuple[str, str]], setting: str) -> None:
    line = build([("udhr", SHA)], systems, {"words": setting})["long"]
    assert len(line.splitlines()) == 1
    _, tokenizers, words = line.split("|")
    back = [tuple(item.split("@")) for item in tokenizers.removeprefix("tok:").split("+")]
    assert [(unquote(name), sha256) for name, sha256 in back] == systems
    assert unquote(words.removeprefix("words:")) == setting
