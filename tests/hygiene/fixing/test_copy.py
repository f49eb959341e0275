"""The copy: compressed as its name says, and none of a file that changed or was interrupted."""

from __future__ import annotations

import bz2
import gzip
import lzma
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import count
from pathlib import Path

import pytest
import zstandard

from langcov.errors import UserError
from langcov.hygiene.fixing.copy import write_copy
from langcov.hygiene.fixing.diff import unified
from tests.hygiene.fixing.rules import opened, toy


@pytest.mark.parametrize(
    ("suffix", "unpack"),
    [
        (".gz", gzip.decompress),
        (".bz2", bz2.decompress),
        (".xz", lzma.decompress),
        (".zst", lambda data: zstandard.ZstdDecompressor().decompressobj().decompress(data)),
    ],
)
def test_the_copy_is_compressed_as_its_name_says(
    tmp_path: Path, suffix: str, unpack: Callable[[bytes], bytes]
) -> None:
    path = tmp_path / "che.txt"
    path.write_text("хIун\n" * 9, "utf-8")
    copy = tmp_path / f"new.txt{suffix}"
    write_copy(opened(path), copy, tmp_path / "log")
    assert unpack(copy.read_bytes()).decode() == "хӏун\n" * 9
    again = opened(copy)
    assert not list(unified(again.blocks(), "x")) and again.words == 0


@pytest.mark.parametrize("changed", ["дIа\n", "хIун\nхIун\n", "дуьнен\n"])
def test_a_file_that_changes_meanwhile_is_noticed(changed: str, tmp_path: Path) -> None:
    path = tmp_path / "che.txt"
    path.write_text("хIун\n", "utf-8")
    fixing = opened(path)
    path.write_text(changed, "utf-8")
    with pytest.raises(UserError, match="was changed while it was read"):
        write_copy(fixing, tmp_path / "new.txt", tmp_path / "log")
    assert sorted(tmp_path.iterdir()) == [path]


def test_an_interrupt_leaves_nothing_behind(tmp_path: Path) -> None:
    path = tmp_path / "che.txt"
    path.write_text("хIун\n" * 100, "utf-8")
    blocks: Iterator[int] | None = None

    def interrupt(name: str, size: int) -> None:
        if blocks and next(blocks) == 3:
            raise KeyboardInterrupt

    fixing = opened(path, replace(toy(chunk_bytes=100), progress=interrupt))
    blocks = count(1)  # not while the words are found
    with pytest.raises(KeyboardInterrupt):
        write_copy(fixing, tmp_path / "new.txt", tmp_path / "log")
    assert sorted(tmp_path.iterdir()) == [path]
