"""The program itself, served on a free port, and a visitor who speaks HTTP with it."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

TYPED = """И туган тел, и матур тел, əткəм-әнкәмнең теле!
Дөньяда күп нәрсә белдем син туган тел apкылы.
Иң элек бу тел белән әнкәм бишектә кɵйләгән,
Аннары төннәр буе әбкәм хикәят сɵйләгән.
"""
"""Ğabdulla Tuqay, 1909, with letters that only look right."""
LIBRARIES = ("starlette", "uvicorn", "python_multipart")


class Served:
    """The program, as somebody starts it.

    Attributes:
        url: what it printed.
        said: the file that it writes to whatever it says.
    """

    def __init__(self, folder: Path, *options: str) -> None:
        self.said = folder / "said"
        self.temporary = folder / "tmp"
        self.temporary.mkdir(exist_ok=True)
        environment = {**os.environ, "TMPDIR": str(self.temporary), "PYTHONUNBUFFERED": "1"}
        call = [sys.executable, "-m", "langcov", "serve", "--no-browser", "--port", "0", *options]
        with self.said.open("wb") as file:
            self.process = subprocess.Popen(call, stdout=file, stderr=file, env=environment)
        while not (found := re.search(r"http://\S+", self.told)):
            assert self.process.poll() is None, self.told
            time.sleep(0.05)
        self.url = found[0].rstrip("/")

    @property
    def told(self) -> str:
        return self.said.read_text("utf-8")

    def end(self) -> int:
        self.process.terminate()
        return self.process.wait(30)


@pytest.fixture(scope="session")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    if not all(map(find_spec, LIBRARIES)):
        pytest.skip("needs langcov[web]")
    made = Served(tmp_path_factory.mktemp("served"))
    yield made
    assert made.end() == 0
    assert [*made.temporary.iterdir()] == []


class Visitor:
    """A browser without a screen."""

    def __init__(self, url: str, language: str = "en") -> None:
        import requests

        self.url, self.session = url, requests.Session()
        self.session.headers.update({"Origin": url, "Accept-Language": language})
        self.secret = self.hidden(self.get("/"))

    @staticmethod
    def hidden(page: str) -> str:
        [secret] = set(re.findall(r'name="form" value="([^"]+)"', page))
        return secret

    def get(self, path: str, status: int = 200) -> str:
        answer = self.session.get(self.url + path)
        assert answer.status_code == status, answer.text
        return answer.text

    def saved(self, path: str) -> bytes:
        answer = self.session.get(self.url + path)
        assert answer.status_code == 200
        assert answer.headers["content-disposition"].startswith("attachment")
        return answer.content

    def post(self, path: str, data: Mapping[str, Any] = {}, files: Any = None, status: int = 200) -> str:
        """Send a form; returns the path that it leads to, or the page of an error."""
        answer = self.session.post(self.url + path, {"form": self.secret, **data}, files=files)
        assert answer.status_code == status, answer.text
        return answer.url.removeprefix(self.url) if status == 200 else answer.text

    def give(self, files: Mapping[str, bytes], **how: str) -> str:
        """Give files, and wait for what becomes of them; returns the path of their page."""
        path = self.post("/works", how, [("files", one) for one in files.items()])
        self.wait(path)
        return path

    def wait(self, path: str) -> Mapping[str, Any]:
        while True:
            state: Mapping[str, Any] = self.session.get(f"{self.url}{path}/state").json()
            if state["state"] not in ("waiting", "working"):
                return state
            time.sleep(0.05)

    def fix(self, path: str, numbers: Sequence[str]) -> str:
        self.wait(self.post(f"{path}/apply", {"fix": numbers}).partition("#")[0])
        return self.get(path)


@pytest.fixture
def visitor(served: Served) -> Visitor:
    return Visitor(served.url)


def ticked(page: str) -> list[str]:
    """The fixes that are chosen on a page, by number."""
    return re.findall(r'name="fix" value="(\d+)"[^>]* checked', page)
