"""From source files to texts, and the catalogue that names them."""

from __future__ import annotations

from html import escape
from pathlib import Path

import pytest

from langcov.corpora import bundled_corpora
from langcov.corpora.pull.catalogue import (
    entries,
    find_entry,
    lines,
    load_catalogue,
    sentences,
    udhr,
    verify,
)
from langcov.errors import UserError
from tools.build_catalogue import HERE, catalogue

XML = """<?xml version="1.0" encoding="UTF-8"?>
<!-- a comment -->
<udhr iso639-3="tat" xmlns="http://efele.net/udhr">
  <title>Title</title>
  <note><para>Not the text</para></note>
  <preamble><title>Pre</title><para>One
     and  more</para><para>Two</para></preamble>
  <article number="1"><title>First</title><para>A &amp; b</para></article>
  <article number="11"><title/><orderedlist>
    <listitem><para>[Missing 11.1]</para></listitem><listitem><para>c</para></listitem>
  </orderedlist><note><para>Not this either</para></note></article>
</udhr>
"""


def test_a_declaration() -> None:
    rows = ["00/title\tTitle", "pre/title\tPre", "pre/1\tOne and more", "pre/2\tTwo"]
    rows += ["01/title\tFirst", "01/1\tA & b", "11/1\tc"]
    assert udhr([XML.encode()]).decode().splitlines() == rows


@pytest.mark.parametrize(
    ("document", "message"),
    [
        (b"<udhr>", "not XML"),
        (b'<!DOCTYPE x [<!ENTITY a "aaa">]><udhr>&a;</udhr>', "a document type is declared"),
        (b"<html><body/></html>", "no Universal Declaration"),
    ],
)
def test_no_declaration(document: bytes, message: str) -> None:
    with pytest.raises(UserError, match=message):
        udhr([document])


def test_marks_and_ends_of_lines() -> None:
    mark = "\ufeff".encode()
    assert lines([mark + b"a\r\n\r\nb", b"", mark + b"c\n"]) == b"a\n\nb\nc\n"
    assert sentences([b"b\n\na\nb\n", b" a\na"]) == b"b\na\n a\n"
    assert entries([b"one\t1\n two \t2\none\t3\n\t4\n"]) == b"one\ntwo\n"


def as_xml(rows: str) -> bytes:
    """A keyed text as the source would write it."""
    parts = ['<udhr xmlns="http://www.unhchr.ch/udhr">\n']
    opened = ""
    for row in rows.splitlines():
        key, text = row.split("\t")
        section, number = key.split("/")
        if section == "00":
            parts.append(f"  <title>{escape(text)}</title>\n")
            continue
        if section != opened:
            parts.append(f"  </{'preamble' if opened == 'pre' else 'article'}>\n" if opened else "")
            parts.append("  <preamble>\n" if section == "pre" else f'  <article number="{int(section)}">\n')
            opened = section
        tag = "title" if number == "title" else "para"
        parts.append(f"    <{tag}>{escape(text)}</{tag}>\n")
    return "".join([*parts, "  </article>\n</udhr>\n"]).encode()


def test_real_declarations_have_the_sums(shared: Path) -> None:
    for file in load_catalogue()["udhr-text"].files:
        rows = (shared / "corpora/udhr" / file.name).with_suffix(".txt").read_text("utf-8")
        assert file.sha256
        assert verify(udhr([as_xml(rows)]), file.sha256)


GOOD = (
    'base = "http://x.invalid"\n[a]\ntitle = "A"\nform = "lines"\nfiles = [{FILE}]\n[a.card]\nkind = "text"\n'
)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("x", "not TOML"),
        ("", "no catalogue of corpora: KeyError: 'base'"),
        ('base = "x"\n[a]\ntitle = "x"', "no catalogue of corpora: KeyError"),
        (GOOD.replace("FILE", 'name = "../x", upstream = ["o/r/c/p"]'), "'../x' leads out of its folder"),
        (GOOD.replace("FILE", 'name = "x", upstream = ["/etc/passwd"]'), "'/etc/passwd' leads out"),
        (GOOD.replace("FILE", 'name = "x", upstream = ["o/r/c/a.zip!../p"]'), "leads out of its folder"),
        (GOOD.replace("FILE", 'name = "x", upstream = ["o/p"]'), "'o/p' is no OWNER/REPOSITORY/COMMIT/PATH"),
        (GOOD.replace("FILE", 'name = "x", upstream = ["o/r/c/p"], nmae = 1'), "nmae"),
        (GOOD.replace("{FILE}", "").replace("lines", "magic"), "no form is called 'magic'"),
    ],
)
def test_bad_catalogues(text: str, message: str, tmp_path: Path) -> None:
    path = tmp_path / "catalogue.toml"
    path.write_text(text)
    with pytest.raises(UserError, match=message.replace(".", r"\.")) as problem:
        load_catalogue(path)
    assert str(problem.value).startswith(str(path))


def test_the_catalogue() -> None:
    entries = load_catalogue()
    assert list(entries) == [
        f"{name}-text" for name in ("udhr", "ntrex", "commonvoice", "ud", "gatitos", "nllbseed")
    ]
    assert not entries.keys() & bundled_corpora().keys()
    for entry in entries.values():
        assert len({file.name.casefold() for file in entry.files}) == len(entry.files)
        assert all(len(file.sha256) == 64 for file in entry.files if file.sha256)
        assert all(len(part.split("/")[2]) == 40 for file in entry.files for part in file.upstream)
        assert {"kind", "licence", "source", "cite", "problems"} <= entry.card.keys()
    with pytest.raises(UserError, match="no corpus 'NTREX-128' can be pulled: did you mean ntrex-text"):
        find_entry("NTREX-128", entries)


def test_the_catalogue_is_what_the_manifest_says(shared: Path) -> None:
    assert catalogue(shared / "corpora/MANIFEST.tsv") == (HERE / "catalogue.toml").read_text("utf-8")
