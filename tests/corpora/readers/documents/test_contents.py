"""Documents that do harm, or are none: a clear line, before anything is unpacked."""

from __future__ import annotations

import sys
import zipfile
from pathlib import Path

import pytest

from langcov.corpora.readers.documents import contents
from langcov.corpora.readers.documents.contents import xml_of
from langcov.errors import MissingLibrary, UserError
from tests.corpora.readers.documents.made import docx, odt, packed, read

PARAGRAPH = "<w:p><w:r><w:t>сүз</w:t></w:r></w:p>"
ENTITIES = '<!DOCTYPE a [<!ENTITY b "б"><!ENTITY c SYSTEM "file:///etc/hostname">]>'


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "tat.docx"


def _refused(path: Path, data: bytes) -> str:
    path.write_bytes(data)
    with pytest.raises(UserError) as error:
        read(path)
    assert str(error.value).startswith(f"{path}") and "\n" not in str(error.value)
    return str(error.value)


def test_what_is_no_document_is_refused(path: Path) -> None:
    assert "no whole .docx" in _refused(path, b"")
    assert "no whole .docx" in _refused(path, b"\0" * 100)
    assert "no whole .docx" in _refused(path, docx(PARAGRAPH)[:-40])
    assert "no whole .docx" in _refused(path, docx("<w:p>"))
    assert "no whole .docx" in _refused(path, packed({"word/document.xml": "<a/>"}))
    assert "with a password" in _refused(path, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(100))
    assert "an archive" in _refused(path, packed({"a.txt": "a"}))
    assert "a spreadsheet" in _refused(path, packed({"xl/workbook.xml": "<a/>"}))


def test_what_unpacks_to_too_much_is_refused(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(contents, "MOST_BYTES", 20_000)
    monkeypatch.setattr(contents, "MOST_UNPACKED", 60_000)
    zeros = docx(PARAGRAPH + "<!--" + " " * 20_000 + "-->")
    assert "no document is read over 20 kB" in _refused(path, zeros)
    path.write_bytes(docx(PARAGRAPH))
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/media/a.png", bytes(30_000))
    assert read(path) == [("сүз", "paragraph 1")]  # pictures may be large
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/media/b.png", bytes(30_000))
    assert "over 60 kB" in _refused(path, path.read_bytes())
    assert "over 20 kB" in _refused(path, bytes(20_001))


def test_a_part_that_is_larger_than_it_says_is_not_unpacked(path: Path) -> None:
    """The size that a part states is the most that is read of it, and is then found to be wrong."""
    data = docx(f"{PARAGRAPH}<!--{' ' * 50_000}-->")
    with zipfile.ZipFile(_written(path, data)) as archive:
        size = archive.getinfo("word/document.xml").file_size
    assert "no whole .docx" in _refused(
        path, data.replace(size.to_bytes(4, "little"), (1_000).to_bytes(4, "little"))
    )


def _written(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path


@pytest.mark.parametrize("part", ["word/document.xml", "word/_rels/document.xml.rels", "docProps/custom.xml"])
def test_entities_are_refused(part: str, path: Path) -> None:
    with zipfile.ZipFile(_written(path, docx(PARAGRAPH))) as archive:
        parts = {name: archive.read(name).decode() for name in archive.namelist()}
    parts[part] = ENTITIES + parts.get(part, "<a>&b;</a>")
    assert "declares entities" in _refused(path, packed(parts))
    parts[part] = ENTITIES.join(("<!--", "-->")) + parts[part].removeprefix(ENTITIES)
    path.write_bytes(packed(parts))
    if part == "word/document.xml":
        assert read(path) == [("сүз", "paragraph 1")]


def test_xml() -> None:
    root = xml_of("<?xml version='1.0' encoding='utf-16'?><a>б<!-- в --><?г?>д</a>".encode("utf-16"), "a.xml")
    assert root.text == "бд" and len(root) == 0
    assert xml_of(b'<!DOCTYPE a SYSTEM "http://nowhere.invalid/a.dtd"><a/>', "a.xml").tag == "a"
    for wrong, why in (
        (f"{ENTITIES}<a>&b;</a>", "declares entities"),
        ('<!DOCTYPE a SYSTEM "a.dtd"><a>&nbsp;</a>', "&nbsp; is declared nowhere"),
        ("<a>", "no whole XML"),
        (" " * 100_000 + f"{ENTITIES}<a/>", "declares entities"),
    ):
        with pytest.raises(UserError, match=f"^a.xml.*{why}"):
            xml_of(wrong.encode(), "a.xml")


@pytest.mark.parametrize(
    ("ending", "module", "name"),
    [
        ("docx", "docx", "python-docx"),
        ("odt", "lxml", "lxml"),
        ("xlsx", "openpyxl", "openpyxl"),
        ("eaf", "lxml", "lxml"),
        ("tmx", "lxml", "lxml"),
        ("rtf", "striprtf.striprtf", "striprtf"),
        ("srt", "srt", "srt"),
        ("vtt", "webvtt", "webvtt-py"),
        ("ass", "pysubs2", "pysubs2"),
        ("cha", "pylangacq", "pylangacq"),
    ],
)
def test_libraries_that_are_missing_are_named(
    ending: str, module: str, name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / f"tat.{ending}"
    path.write_bytes(odt("") if ending == "odt" else b"")
    monkeypatch.setitem(sys.modules, module, None)
    with pytest.raises(MissingLibrary) as error:
        read(path)
    assert str(error.value) == f"reading {path} needs {name}: pip install 'langcov[formats]'"
