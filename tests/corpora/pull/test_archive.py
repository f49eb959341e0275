"""Archives that escape, lie or explode are refused whole; harmless ones are unpacked."""

from __future__ import annotations

import io
import stat
import tarfile
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from langcov.corpora.pull.archive import unpack, unsafe
from langcov.errors import UserError

Make = Callable[[Path, dict[str, bytes]], Path]


def zipped(folder: Path, files: dict[str, bytes]) -> Path:
    path = folder / "a.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return path


def tarred(folder: Path, files: dict[str, bytes]) -> Path:
    path = folder / "a.tar.gz"
    with tarfile.open(path, "w:gz") as archive:
        for name, content in files.items():
            info = tarfile.TarInfo(name)
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content))
    return path


MAKERS = [zipped, tarred]


def refused(archive: Path, message: str) -> None:
    before = sorted(archive.parent.parent.rglob("*"))
    with pytest.raises(UserError, match=message) as problem:
        unpack(archive, archive.parent / "out")
    assert str(problem.value).startswith(str(archive))
    assert sorted(archive.parent.parent.rglob("*")) == before


@pytest.mark.parametrize("make", MAKERS)
def test_a_harmless_one(make: Make, tmp_path: Path) -> None:
    files = {"a/тат.txt": b"x\n", "a/b/empty.txt": b"", "README": b"y" * 5000}
    unpack(make(tmp_path, files), tmp_path / "out")
    found = {str(path.relative_to(tmp_path / "out")): path for path in (tmp_path / "out").rglob("*")}
    assert {name: path.read_bytes() for name, path in found.items() if path.is_file()} == files
    assert not list(tmp_path.glob(".*"))


@pytest.mark.parametrize("make", MAKERS)
@pytest.mark.parametrize(
    "name",
    [
        "../evil.txt",
        "a/../../evil.txt",
        "/tmp/evil.txt",
        "a//evil.txt",
        "C:evil.txt",
        "a\\..\\evil.txt",
        "NUL",
        "a/con.txt",
        "lpt1.tsv",
        "evil.txt.",
        "evil ",
        "a:stream",
        "a\x07",
        "x" * 300,
    ],
)
def test_names_that_escape_or_mislead(make: Make, name: str, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    refused(make(folder, {"good.txt": b"x", name: b"evil"}), "not unpacked")


@pytest.mark.parametrize("make", MAKERS)
@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("a.txt", "A.TXT"),
        ("д.txt", "Д.txt"),
        ("\u0439", "\u0438\u0306"),
        ("a", "a/b"),
        ("a/b", "a"),
        ("a/x", "A/y"),
    ],
)
def test_names_that_are_one_somewhere(make: Make, one: str, other: str, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    refused(make(folder, {one: b"1", other: b"2"}), "several things in it are called like")


@pytest.mark.parametrize("kind", [tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.CHRTYPE, tarfile.FIFOTYPE])
def test_tar_links_and_devices(kind: bytes, tmp_path: Path) -> None:
    path = tmp_path / "a.tar"
    with tarfile.open(path, "w") as archive:
        info = tarfile.TarInfo("innocent.txt")
        info.type, info.linkname = kind, "/etc/passwd"
        archive.addfile(info)
    refused(path, "'innocent.txt' in it is a link or a device")


def test_zip_links(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as archive:
        info = zipfile.ZipInfo("innocent.txt")
        info.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(info, "/etc/passwd")
    refused(path, "is a link or a device")


@pytest.mark.parametrize("make", MAKERS)
def test_a_bomb(make: Make, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    refused(make(folder, {"zeros.txt": bytes(30_000_000)}), "unpacks to more than")


@pytest.mark.parametrize("make", MAKERS)
def test_too_many(make: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    monkeypatch.setattr("langcov.corpora.pull.archive.LIMIT_FILES", 3)
    refused(make(folder, dict.fromkeys("abcd", b"")), "holds more than 3 files and folders")


@pytest.mark.parametrize("make", MAKERS)
def test_a_damaged_one(make: Make, tmp_path: Path) -> None:
    path = make(tmp_path, {"a.txt": b"word " * 10_000, "b.txt": bytes(range(256)) * 40})
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2])
    refused(path, "damaged, or no zip or tar archive")
    path.write_bytes(b"no archive at all")
    refused(path, "damaged, or no zip or tar archive")
    if make is zipped:
        path.write_bytes(whole[:60] + bytes([whole[60] ^ 255]) + whole[61:])
        refused(path, "damaged")


@given(st.text(max_size=30))
def test_a_safe_name_stays_below(name: str) -> None:
    if unsafe(name) is None:
        root = Path("/root/of/all")
        assert (root / name).resolve().is_relative_to(root)
        assert (root / name) != root


def test_what_a_killed_process_left_is_removed(tmp_path: Path) -> None:
    left, other = tmp_path / ".a[1].x1y2z3w4", tmp_path / ".a.x1y2z3w4"
    for folder in (left, other):
        folder.mkdir()
        (folder / "half.txt").write_text("half")
    unpack(zipped(tmp_path, {"a.txt": b"text"}), tmp_path / "a[1]")
    assert sorted(path.name for path in tmp_path.iterdir()) == [".a.x1y2z3w4", "a.zip", "a[1]"]
