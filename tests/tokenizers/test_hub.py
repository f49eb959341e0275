"""``hf:ORG/REPO`` through huggingface_hub, against a server on loopback and then from its cache alone."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest

import tokenizers

FILE = tokenizers.Tokenizer(tokenizers.models.WordLevel({"[UNK]": 0, "кот": 1}, unk_token="[UNK]")).to_str()
CONTENT = FILE.encode()
COMMIT = "0123456789abcdef0123456789abcdef01234567"
PATHS = [f"/org/model/resolve/{revision}/tokenizer.json" for revision in ("main", "v2", COMMIT)]


class Hub(BaseHTTPRequestHandler):
    """Answers for one file of one repository, as the Hub does."""

    def do_HEAD(self) -> None:
        found = self.path in PATHS
        self.send_response(200 if found else 404)
        if found:
            self.send_header("X-Repo-Commit", COMMIT)
            self.send_header("ETag", f'"{hashlib.sha1(CONTENT).hexdigest()}"')
            self.send_header("Content-Length", str(len(CONTENT)))
        else:
            self.send_header("X-Error-Code", "RepoNotFound")
            self.send_header("Content-Length", "0")
        self.end_headers()

    def do_GET(self) -> None:
        self.do_HEAD()
        if self.path in PATHS:
            self.wfile.write(CONTENT)

    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture
def hub() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Hub)
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def run(spec: str, home: Path, **environment: str) -> str:
    """What a process of its own says of a spec: the Hub's library reads its environment when imported."""
    program = (
        "import sys; from langcov.errors import UserError; from langcov.tokenizers import load\n"
        "try:\n"
        "    name, tokenizer = (system := load(sys.argv[1])).name, system.tokenizer\n"
        "    print(name, tokenizer.encode(['кот', 'x']).ids.tolist(), tokenizer.sha256)\n"
        "except UserError as error:\n"
        "    print('UserError:', error)\n"
    )
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("HF_")}
    answer = subprocess.run(
        [sys.executable, "-c", program, spec],
        env={**inherited, "HF_HOME": str(home), "HF_HUB_DISABLE_TELEMETRY": "1", **environment},
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
    )
    return answer.stdout.strip()


def test_a_repository_is_downloaded_once_and_then_read_offline(hub: str, tmp_path: Path) -> None:
    expected = f"model [1, 0] {hashlib.sha256(CONTENT).hexdigest()}"
    assert run("hf:org/model", tmp_path, HF_ENDPOINT=hub) == expected
    assert run("hf:org/model@v2", tmp_path, HF_ENDPOINT=hub) == expected
    assert run("hf:org/model", tmp_path, HF_HUB_OFFLINE="1") == expected
    assert run("hf:org/model@v2", tmp_path, HF_HUB_OFFLINE="1") == expected


def test_what_cannot_be_had_is_one_line(hub: str, tmp_path: Path) -> None:
    for said in (
        run("hf:org/none", tmp_path, HF_ENDPOINT=hub),
        run("hf:org/model", tmp_path, HF_HUB_OFFLINE="1"),
    ):
        assert said.startswith("UserError: hf:org/")
        assert "tokenizer.json can't be had from the Hub or its cache" in said
        assert "\n" not in said
