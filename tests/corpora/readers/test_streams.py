"""Compressed files of several streams: the whole text, or an error."""

from __future__ import annotations

import bz2
import gzip
import lzma
from collections.abc import Callable
from pathlib import Path

import pytest

from langcov.api import measure_tokenizers
from langcov.errors import UserError

COMPRESS: dict[str, Callable[[bytes], bytes]] = {
    "gz": gzip.compress,
    "bz2": bz2.compress,
    "xz": lzma.compress,
}
ONE, OTHER = "бер юл\n" * 30, "икенче юл\n" * 40


def lines(path: Path, data: bytes) -> int:
    path.write_bytes(data)
    total = measure_tokenizers(["bytes"], [str(path)], ["tat"], hygiene=False).totals[0]["lines"]
    assert isinstance(total, int)
    return total


@pytest.mark.parametrize("suffix", COMPRESS)
def test_a_damaged_second_stream_never_shortens_the_text(tmp_path: Path, suffix: str) -> None:
    path, pack = tmp_path / f"tat.txt.{suffix}", COMPRESS[suffix]
    first, second = pack(ONE.encode()), pack(OTHER.encode())
    assert lines(path, first + second) == 70
    for at in [*range(0, len(second), 5), len(second) - 1]:
        damaged = bytearray(second)
        damaged[at] ^= 0xFF
        try:
            assert lines(path, first + damaged) == 70, at  # the time in the head of gzip says nothing
        except UserError as error:
            assert "is damaged or cut short" in str(error)
    for end in range(1, len(second), 5):
        with pytest.raises(UserError, match="is damaged or cut short"):
            lines(path, first + second[:end])
    for junk in (b"x", b"junk", b"junk" * 20 + second):
        with pytest.raises(UserError, match=f"tat.txt.{suffix} is damaged or cut short"):
            lines(path, first + junk)


@pytest.mark.parametrize("zeros", [4, 8, 40_000])
def test_padding_between_and_after_streams_of_xz(tmp_path: Path, zeros: int) -> None:
    padding, path = bytes(zeros), tmp_path / "tat.txt.xz"
    first, second = lzma.compress(ONE.encode()), lzma.compress(OTHER.encode())
    assert lines(path, first + padding + second + padding) == 70
    for wrong in (padding + b"\0" + second, padding[1:] + second, second + padding[1:]):
        with pytest.raises(UserError, match="no multiple of four"):
            lines(path, first + wrong)
