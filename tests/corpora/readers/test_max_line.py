"""Lines that are too long, or no text, are refused before they are read whole."""

from __future__ import annotations

import bz2
import gzip
import json
import lzma
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import zstandard

from langcov.corpora import ReadOptions, count_lines, read_words, resolve
from langcov.corpora.base import Provenance
from langcov.errors import UserError
from tests.cli.conftest import environment

PACK: dict[str, Callable[[bytes], bytes]] = {
    ".gz": gzip.compress,
    ".bz2": bz2.compress,
    ".xz": lzma.compress,
    ".zst": zstandard.ZstdCompressor().compress,
}


def lines_of(path: Path, **options: object) -> int:
    [corpus] = resolve([f"tat={path}"])
    return count_lines(corpus.sources[0], corpus, ReadOptions(**options))  # type: ignore[arg-type]


@pytest.mark.parametrize("chunk", [1, 7, 64, 1 << 20])
@pytest.mark.parametrize("end", [b"", b"\n"])
def test_the_longest_line_that_may_be(chunk: int, end: bytes, tmp_path: Path) -> None:
    """In bytes of UTF-8, without its end; whatever is read at a time."""
    path = tmp_path / "tat.txt"
    path.write_bytes("аб\n\n".encode() + "сүз".encode() + b"\nx" + end)
    assert lines_of(path, max_line=6, chunk_bytes=chunk) == 4
    with pytest.raises(UserError, match=r"tat\.txt, line 3: a line of (6|over 5) bytes is hardly text"):
        lines_of(path, max_line=5, chunk_bytes=chunk)
    path.write_bytes("а\nсүзләр".encode("utf-16"))
    assert lines_of(path, max_line=12, chunk_bytes=chunk, encoding="utf-16") == 2
    with pytest.raises(UserError, match=r"line 2: .* --max-line over 11 bytes"):
        lines_of(path, max_line=11, chunk_bytes=chunk, encoding="utf-16")


@pytest.mark.parametrize("name", ["tat.jsonl", "tat.tsv", "tat.conllu", "tat.parquet"])
def test_in_every_format(name: str, tmp_path: Path) -> None:
    text, path = "ә" * 500, tmp_path / name
    if name.endswith("parquet"):
        pq.write_table(pa.table({"text": ["а", f"а\n{text}"]}), path)
    else:
        of_format = {
            "tat.jsonl": json.dumps({"text": text}, ensure_ascii=False),
            "tat.tsv": f"1\t{text}",
            "tat.conllu": f"# text = {text}",
        }
        path.write_text(f"{of_format[name]}\n", "utf-8")
    assert lines_of(path, max_line=1020) >= 1
    with pytest.raises(UserError, match=r"(line 1|record 2): a line of 1.?0?\d* ?k?B?.* is hardly text"):
        lines_of(path, max_line=900)


def test_tables_of_words_have_no_long_lines(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "tat.words.tsv.gz"
    path.write_bytes(gzip.compress(b"a" * 2000))
    monkeypatch.setattr("langcov.corpora.readers.streams.MAX_LINE", 1000)
    with pytest.raises(UserError, match="line 1: a line of"):
        [corpus] = resolve([str(path)])
        read_words(corpus.sources[0], corpus, ReadOptions(), Provenance())


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="asks Linux for the memory")
@pytest.mark.parametrize("suffix", PACK)
@pytest.mark.parametrize("before", ["", "сүз\nү"])
def test_what_is_no_text_ends_the_reading(before: str, suffix: str, tmp_path: Path) -> None:
    """Half a gigabyte of zeros in a quarter of the memory; the same byte is named as of a short file."""
    path, short = tmp_path / f"tat.txt{suffix}", tmp_path / "tat.txt"
    zeros = bytes(16 << 20)
    short.write_bytes(before.encode() + bytes(10))
    path.write_bytes(PACK[suffix](before.encode() + zeros) + 31 * PACK[suffix](zeros))
    with pytest.raises(UserError) as wanted:
        lines_of(short)
    code = (
        "import sys; from langcov.cli import main\n"
        f"code = main(['tokenizers', 'bytes', '--corpus', 'tat={path}'])\n"
        "print(*[row for row in open('/proc/self/status') if row.startswith('VmHWM')]); sys.exit(code)"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, env=environment(), check=False)
    said = str(wanted.value).replace(str(short), str(path))
    assert (ran.returncode, ran.stderr.decode()) == (2, f"langcov: {said}\n")
    assert int(ran.stdout.split()[1]) < 250_000, "kB"
