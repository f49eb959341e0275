"""A real HTTP server on loopback that serves files, and misbehaves as it is told."""

from __future__ import annotations

import gzip
import hashlib
import threading
from collections.abc import Iterator
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import unquote

import pytest


class Mirror:
    """Files by path, and what to do with the next requests for each.

    Attributes:
        files: path → content.
        faults: path → what happens to its next requests, one after another, before it is served well:
            a status (``500``), ``drop`` (half, then the connection breaks), ``stall`` (half, then silence),
            ``corrupt``, ``whole`` (Range is ignored), ``elsewhere`` (another part than was asked for),
            ``careless`` (If-Range is ignored), ``weak`` (a weak ETag), ``silent`` (no length), ``packed``.
        asked: each request: its path and its Range.
    """

    def __init__(self) -> None:
        self.files: dict[str, bytes] = {}
        self.faults: dict[str, list[str]] = {}
        self.asked: list[tuple[str, str | None]] = []
        self.halfway = threading.Event()
        self.over = threading.Event()
        mirror = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                mirror.answer(self)

            def log_message(self, *_: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self.server.server_port}"

    def answer(self, request: BaseHTTPRequestHandler) -> None:
        path = unquote(request.path).lstrip("/")
        asked = request.headers.get("Range")
        self.asked.append((path, asked))
        fault = self.faults[path].pop(0) if self.faults.get(path) else ""
        if fault.isdigit() or path not in self.files:
            request.send_response(int(fault or 404))
            request.send_header("Content-Length", "0")
            request.end_headers()
            return
        content = self.files[path]
        etag = f'"{hashlib.sha256(content).hexdigest()[:16]}"'
        if fault == "corrupt":
            content = content[::-1]
        same = fault == "careless" or request.headers.get("If-Range") == etag
        start = int(asked.removeprefix("bytes=").rstrip("-")) if asked and same and fault != "whole" else 0
        body = gzip.compress(content) if "packed" in fault else content[start:]
        if start >= len(content) and start:
            request.send_response(416)
            request.send_header("Content-Length", "0")
            request.end_headers()
            return
        request.send_response(206 if start else 200)
        if start:
            shown = start + (7 if fault == "elsewhere" else 0)
            request.send_header("Content-Range", f"bytes {shown}-{len(content) - 1}/{len(content)}")
        if "silent" not in fault:
            request.send_header("Content-Length", str(len(body)))
        if "packed" in fault:
            request.send_header("Content-Encoding", "gzip")
        request.send_header("ETag", f"W/{etag}" if fault == "weak" else etag)
        request.end_headers()
        half = fault in ("drop", "stall", "weak")
        with suppress(ConnectionError):
            request.wfile.write(body[: len(body) // 2] if half else body)
            request.wfile.flush()
        if fault == "stall":
            self.halfway.set()
            self.over.wait(20)
        request.close_connection = half or "silent" in fault


@pytest.fixture
def mirror() -> Iterator[Mirror]:
    """A server that runs as long as the test."""
    made = Mirror()
    thread = threading.Thread(target=made.server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield made
    made.over.set()
    made.server.shutdown()
    thread.join()
    made.server.server_close()
