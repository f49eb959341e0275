"""The page in a real browser: text of a corpus doesn't run, and nothing is asked of the network."""

from __future__ import annotations

import subprocess
import threading
from collections.abc import Iterator
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from langcov.core import ui
from langcov.hygiene.engine.report import FileReport
from langcov.report.hygiene import html as hygiene_html
from tests.conftest import CHROMIUM
from tests.report.checked import finding, issue, report

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


@pytest.mark.parametrize("width", [390, 1280])
def test_nothing_is_cut_or_scrolls_sideways(tmp_path: Path, width: int) -> None:
    """The page stands in a frame of that width, whose own page measures it."""
    ui.use("ru")
    long = "қ" * 90
    texts = ("хьалхара-ден-дечу-х1уманаш", long, "х1ун")
    places = [finding(line, text=text, before=f"{long} а ", after=" б", file=f"{long}/a.txt")
              for line, text in enumerate(texts, 1)]  # fmt: skip
    files = [
        FileReport(f"{long}/{name}.txt", 10**7, 10**8, 10**9, 5, 9.0, 10**6, 10**6, 10**6) for name in "ab"
    ]
    found = report(places, files=files, characters=dict.fromkeys("абвгдw", 10**7))
    page = hygiene_html.render(found, report(places, language="tat_Cyrl", files=files), max_shown=10)
    page = page.replace("<details>", "<details open>")
    measure = (
        "const root = frame.contentDocument.documentElement;"
        "const wide = [...root.querySelectorAll('body *')]"
        ".filter(e => e.getBoundingClientRect().right > WIDTH + 0.5);"
        "document.title = root.scrollWidth + ' ' + wide.length + ' ' + root.querySelectorAll('mark').length;"
    )
    frame = tmp_path / "frame.html"
    frame.write_text(
        '<meta charset="utf-8"><title></title><iframe id="frame"'
        f' style="width:{width}px;height:99999px;border:0" srcdoc="{escape(page)}"></iframe>'
        f"<script>frame.onload = () => {{{measure.replace('WIDTH', str(width))}}}</script>",
        "utf-8",
    )
    title = dom(frame).partition("<title>")[2].partition("<")[0]
    assert title == f"{width} 0 {title.split()[-1]}" and int(title.split()[-1]) > 10


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
