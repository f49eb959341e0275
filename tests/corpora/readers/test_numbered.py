"""Parts of a file are the file, in every format that can be cut, wherever it lies."""

from __future__ import annotations

import io
import json
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

import pytest

from langcov.corpora import Corpus, Numbered, Provenance, ReadOptions, Source, read, resolve
from langcov.corpora.base import Lines
from langcov.errors import UserError

LINES = ["кот", "", "ак барс", "пёс «йорт»", "x" * 50, "а\u0306"] * 7


def parquet(lines: list[str], rows: int) -> bytes:
    pa, pq = pytest.importorskip("pyarrow"), pytest.importorskip("pyarrow.parquet")
    out = io.BytesIO()
    pq.write_table(pa.table({"text": lines}), out, row_group_size=rows)
    return out.getvalue()


def records(lines: list[str]) -> bytes:
    """Some of several lines, some null, blank rows between."""
    rows = [
        {"text": f"{line}\n{line}" if i % 3 else line} if i % 5 else {"text": None}
        for i, line in enumerate(lines)
    ]
    return "\n\n".join(json.dumps(row, ensure_ascii=False) for row in rows).encode()


def columns(chunks: list[Lines]) -> list[tuple[object, ...]]:
    return [
        (text, number, digest, place, document)
        for lines in chunks
        for text, number, digest, place, document in zip(
            lines.text.to_list(),
            lines.numbers.tolist(),
            lines.digests.tolist(),
            lines.places.tolist(),
            [None] * len(lines.numbers) if lines.documents is None else lines.documents.tolist(),
        )
    ]


def check(path: str, size: int, documents: str) -> int:
    """See that the parts of a file are the file; returns how many there are."""
    options = ReadOptions(null="skip", chunk_bytes=64)
    source = Source("tat_Cyrl", path, path.rpartition(".")[2])
    corpus = Corpus("c", (source,), documents=documents)
    whole, told, sums = Provenance(), Provenance(), Provenance()
    wanted = columns(list(read(source, corpus, options, whole)))
    numbered = Numbered(source, options, size)
    found = [lines for part in numbered for lines in read(source, corpus, options, told, part)]
    assert columns(found) == wanted
    assert numbered.sha256 == whole.sha256
    assert (told.lines, told.skipped, sums.sha256) == (whole.lines, whole.skipped, "")
    return len(numbered)


@pytest.mark.parametrize(
    ("name", "data", "documents"),
    [
        ("a.txt", "\n".join(LINES).encode(), "none"),
        ("b.txt", ("\ufeff" + "\r\n".join(LINES) + "\n").encode(), "none"),
        ("c.jsonl", records(LINES), "record"),
        ("d.jsonl", records(LINES), "none"),
    ],
)
@pytest.mark.parametrize("size", [40, 300])
def test_parts_are_the_whole(name: str, data: bytes, documents: str, size: int, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(data)
    assert check(str(tmp_path / name), size, documents) > 1


def test_row_groups_are_the_whole(tmp_path: Path) -> None:
    (tmp_path / "a.parquet").write_bytes(parquet(LINES, 5))
    groups = -(-len(LINES) // 5)
    assert check(str(tmp_path / "a.parquet"), 1, "record") == groups
    assert 1 < check(str(tmp_path / "a.parquet"), 300, "record") < groups


@contextmanager
def served(files: dict[str, bytes], ranges: bool = True) -> Iterator[tuple[str, list[str]]]:
    """Files by HTTP, also as a bucket of S3 is listed; yields the address, and the ranges asked for."""
    asked: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_HEAD(self) -> None:
            self.do_GET()

        def do_GET(self) -> None:
            url = urlsplit(self.path)
            path, query = unquote(url.path).strip("/"), parse_qs(url.query)
            if "list-type" in query:
                prefix = query.get("prefix", [""])[0]
                names = [name for name in files if name.startswith(f"{path}/{prefix}")]
                listed = "".join(
                    f"<Contents><Key>{name.partition('/')[2]}</Key><Size>{len(files[name])}</Size>"
                    f"<LastModified>2026-11-29T00:00:00.000Z</LastModified><ETag>x</ETag></Contents>"
                    for name in names
                )
                self.send(
                    200,
                    f"<ListBucketResult><IsTruncated>false</IsTruncated>{listed}</ListBucketResult>".encode(),
                )
                return
            if path not in files:
                self.send(404, b"")
                return
            data, wanted = files[path], self.headers.get("Range", "")
            found = re.match(r"bytes=(\d+)-(\d*)", wanted)
            if not (found and ranges):
                self.send(200, data)
                return
            asked.append(wanted)
            start, end = int(found[1]), int(found[2] or len(data) - 1)
            self.send(206, data[start : end + 1], f"bytes {start}-{min(end, len(data) - 1)}/{len(data)}")

        def send(self, status: int, data: bytes, span: str = "") -> None:
            self.send_response(status)
            self.send_header("Content-Length", str(len(data)))
            self.send_header("ETag", '"x"')
            self.send_header("Last-Modified", "Sun, 29 Nov 2026 00:00:00 GMT")
            self.send_header("Accept-Ranges", "bytes" if ranges else "none")
            if span:
                self.send_header("Content-Range", span)
            self.end_headers()
            if self.command != "HEAD":
                self.wfile.write(data)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", asked
    finally:
        server.shutdown()
        server.server_close()


def test_parts_of_a_url_are_ranges() -> None:
    pytest.importorskip("aiohttp")
    text = "\n".join(LINES * 4).encode()
    with served({"a.txt": text, "b.parquet": parquet(LINES, 5)}) as (url, asked):
        assert check(f"{url}/a.txt", 400, "none") > 3
        assert any(not one.startswith("bytes=0-") for one in asked)
        assert check(f"{url}/b.parquet", 1, "record") > 3


def test_a_server_without_ranges_gives_one_part() -> None:
    pytest.importorskip("aiohttp")
    with served({"a.txt": "\n".join(LINES).encode()}, ranges=False) as (url, _):
        source = Source("tat_Cyrl", f"{url}/a.txt", "txt")
        assert not len(Numbered(source, ReadOptions(), 40))
        assert sum(1 for _ in read(source, Corpus("c", (source,)), ReadOptions(), Provenance())) == 1


def test_a_bucket_is_read_by_pattern_and_in_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("s3fs")
    import fsspec

    text = "\n".join(LINES).encode()
    with served({"bucket/tat_Cyrl.txt": text, "bucket/rus_Cyrl.txt": text}) as (url, _):
        monkeypatch.setitem(
            fsspec.config.conf, "s3", {"anon": True, "endpoint_url": url, "skip_instance_cache": True}
        )
        [corpus] = resolve(["s3://bucket/*_Cyrl.txt"])
        assert corpus.languages == ["rus_Cyrl", "tat_Cyrl"]
        assert check("s3://bucket/tat_Cyrl.txt", 200, "none") > 1


def test_a_part_that_is_another_by_now_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("кот\n" * 100, "utf-8")
    source = Source("tat_Cyrl", str(path), "txt")
    part = list(Numbered(source, ReadOptions(), 100))[2]
    path.write_text("пёс\n" * 100, "utf-8")
    with pytest.raises(UserError, match="was changed while it was read"):
        list(read(source, Corpus("c", (source,)), ReadOptions(), Provenance(), part))
