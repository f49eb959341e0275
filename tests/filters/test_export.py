"""Lists for others' pipelines: what is in them, where it is from, and that others read them."""

from __future__ import annotations

from langcov.filters.export import FACT, exports
from langcov.filters.libraries.own import letters_of
from langcov.languages import alphabet, find


def test_each_language_has_three_lists_or_says_why_not() -> None:
    found = {(one.language, one.kind): one for one in exports(["tat", "chechen", "tt"])}
    assert list(found) == [
        (language, kind)
        for language in ("tat_Cyrl", "che_Cyrl")
        for kind in ("alphabets", "ranges", "stop_words")
    ]
    assert found["tat_Cyrl", "alphabets"].lines == alphabet(find("tat"))
    words = found["tat_Cyrl", "stop_words"]
    assert words.lines[0] == "һәм"
    assert "ntrex: CC-BY-SA-4.0" in words.licence
    assert "github.com/" in words.source
    none = found["che_Cyrl", "stop_words"]
    assert (none.lines, none.licence) == ((), "")
    assert none.note.startswith("no bundled text in che_Cyrl is there to take stop words from")
    assert found["che_Cyrl", "ranges"].licence == FACT


def test_ranges_are_the_letters() -> None:
    for one in exports(["che", "tat", "mns"]):
        if one.kind == "ranges":
            spans = [line.split(";")[0].strip().split("..") for line in one.lines]
            inside = {chr(n) for span in spans for n in range(int(span[0], 16), int(span[-1], 16) + 1)}
            assert inside == letters_of(find(one.language))


def test_as_many_words_as_cover_a_text() -> None:
    few, many = (
        next(one for one in exports(["bak"], cover) if one.kind == "stop_words") for cover in (0, 0.3)
    )
    assert many.lines[: len(few.lines)] == few.lines
    assert len(many.lines) > 2 * len(few.lines)
