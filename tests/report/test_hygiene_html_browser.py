"""The page in a real browser: text of a corpus doesn't run, and nothing is asked of the network."""

from __future__ import annotations

import shutil
import subprocess
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from langcov.core import ui
from langcov.report.hygiene import html as hygiene_html
from tests.report.checked import finding, issue, report

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
pytestmark = pytest.mark.skipif(not CHROMIUM, reason="needs Chromium")


@pytest.fixture
def server() -> Iterator[tuple[str, list[str]]]:
    """An address on loopback, and the paths that were asked for there."""
    asked: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_response(204)
            self.end_headers()

        def log_message(self, *args: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as listening:
        thread = threading.Thread(target=listening.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{listening.server_port}", asked
        listening.shutdown()


def dom(path: Path) -> str:
    """The page as the browser holds it after all scripts, had there been any."""
    options = ["--headless", "--no-sandbox", "--disable-gpu", "--virtual-time-budget=2000", "--dump-dom"]
    profile = f"--user-data-dir={path.parent / 'profile'}"
    command = [str(CHROMIUM), *options, profile, path.as_uri()]
    return subprocess.run(command, capture_output=True, check=True, timeout=120).stdout.decode()


def hostile(address: str) -> str:
    return (
        f"<script>document.title='x';fetch('{address}/script')</script>"
        f"<img src={address}/img onerror=\"document.title='x'\"><svg onload=document.title='x'>"
        f"</style><style>@import url({address}/css);</style><link rel=stylesheet href={address}/link>"
        f'"><a href="javascript:document.title=1">j</a><base href={address}/>'
        f'<meta http-equiv=refresh content="0;{address}/refresh">'
    )


def test_text_of_a_corpus_does_not_run(tmp_path: Path, server: tuple[str, list[str]]) -> None:
    ui.use("en")
    address, asked = server
    text = hostile(address)
    bad = issue(check=text, message="{t}", values={"t": text}, start=0, end=1, wrong="<", suggestion=text)
    place = finding(text=text, before=text, after=text, file=text, issue=bad)
    found = report([place, place], language=text, orthography=text, not_judged={text: text})
    page = tmp_path / "page.html"
    page.write_text(hygiene_html.render(found, max_shown=10), "utf-8")
    after = dom(page)
    assert f"<title>Corpus check: {text[:8].replace('<', '&lt;').replace('>', '&gt;')}" in after
    assert "document.title='x'" in after
    assert "<script" not in after
    assert "<img" not in after
    assert asked == []


def test_the_same_text_unescaped_does_run(tmp_path: Path, server: tuple[str, list[str]]) -> None:
    """Or the test above could not fail."""
    address, asked = server
    page = tmp_path / "page.html"
    page.write_text(f"<title>t</title><body>{hostile(address)}", "utf-8")
    dom(page)
    assert asked


def test_the_policy_alone_stops_scripts_and_requests(tmp_path: Path, server: tuple[str, list[str]]) -> None:
    """Were an escape forgotten one day."""
    ui.use("en")
    address, asked = server
    page = tmp_path / "page.html"
    rendered = hygiene_html.render(report([finding()]), max_shown=10)
    risky = hostile(address).partition("<base")[0]
    page.write_text(rendered.replace("</body>", f"{risky}</body>"), "utf-8")
    after = dom(page)
    assert "<title>Corpus check: Chechen (che_Cyrl)</title>" in after
    assert asked == []
