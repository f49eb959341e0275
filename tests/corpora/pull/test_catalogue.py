"""From source files to texts."""

from __future__ import annotations

from html import escape
from pathlib import Path

import pytest

from langcov.corpora.pull.catalogue import entries, lines, load_catalogue, sentences, udhr, verify
from langcov.errors import UserError

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
