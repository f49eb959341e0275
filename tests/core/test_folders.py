"""A folder that is replaced as a whole."""

from __future__ import annotations

from pathlib import Path

import pytest

from langcov.core.folders import check_folder, replacing_folder
from langcov.errors import UserError

MARKER = "ours.txt"


def write(folder: Path, **files: str) -> None:
    with replacing_folder(folder, MARKER) as new:
        for name, text in files.items():
            (new / "pages").mkdir(exist_ok=True)
            (new / "pages" / name).write_text(text)


def held(folder: Path) -> dict[str, str]:
    """What is in a folder, but for the marker."""
    return {
        path.relative_to(folder).as_posix(): path.read_text()
        for path in folder.rglob("*")
        if path.is_file() and path.name != MARKER
    }


@pytest.mark.parametrize("empty", [True, False])
def test_it_is_made(empty: bool, tmp_path: Path) -> None:
    if empty:
        (tmp_path / "site").mkdir()
    write(tmp_path / "site", a="1")
    assert held(tmp_path / "site") == {"pages/a": "1"}
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def test_stale_files_go_and_those_of_others_stay(tmp_path: Path) -> None:
    site = tmp_path / "site"
    write(site, a="1", b="2")
    (site / "CNAME").write_text("example.org")
    (site / "pages" / "own").write_text("mine")
    (site / "link").symlink_to(tmp_path / "nowhere")
    write(site, a="3")
    assert held(site) == {"pages/a": "3", "CNAME": "example.org", "pages/own": "mine"}
    assert (site / "link").is_symlink()
    write(site, own="4")
    assert held(site) == {"pages/own": "4", "CNAME": "example.org"}
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def test_what_fails_leaves_all_as_it_was(tmp_path: Path) -> None:
    site = tmp_path / "site"
    write(site, a="1")
    with pytest.raises(KeyboardInterrupt), replacing_folder(site, MARKER) as new:
        (new / "a").write_text("half")
        raise KeyboardInterrupt
    assert held(site) == {"pages/a": "1"}
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


@pytest.mark.parametrize("failure", [OSError(28, "No space left on device"), KeyboardInterrupt()])
def test_a_swap_that_fails_half_way(
    failure: BaseException, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = tmp_path / "site"
    write(site, a="1")
    rename = Path.rename

    def fails(path: Path, target: Path) -> Path:
        if path.name.endswith(".new"):
            raise failure
        return rename(path, target)

    monkeypatch.setattr(Path, "rename", fails)
    with pytest.raises((UserError, KeyboardInterrupt)):
        write(site, a="2")
    assert held(site) == {"pages/a": "1"}
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def test_a_folder_of_others_is_refused(tmp_path: Path) -> None:
    (tmp_path / "letters").mkdir()
    (tmp_path / "letters" / "a").write_text("dear")
    (tmp_path / "file").write_text("text")
    for name, why in {
        "letters": f"letters holds files and no {MARKER}, so langcov didn't make it: name an empty folder",
        "file": "file is a file: name a folder",
        "no/where": "no: no such folder to make where in",
        "a" * 300: "cannot be written",
    }.items():
        with pytest.raises(UserError, match=why):
            check_folder(tmp_path / name, MARKER)
        with pytest.raises(UserError, match=why):
            write(tmp_path / name, a="1")
    assert held(tmp_path) == {"letters/a": "dear", "file": "text"}


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "real")
    write(tmp_path / "link", a="1")
    assert (tmp_path / "link").is_symlink()
    assert held(tmp_path / "real") == {"pages/a": "1"}
