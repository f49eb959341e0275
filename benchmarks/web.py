"""The page of langcov serve under load: python benchmarks/web.py; writes results/web.md.

A file of 100 MB goes up in a browser, with progress; ten visitors look at pages while a file of 20 MB is
checked; and the program is killed in the middle of it and started anew. The text is Tatar of FLORES+, its
lines in another order each time.
"""

from __future__ import annotations

import os
import random
import signal
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import numpy as np
import psutil

from tests.conftest import CHROMIUM, SHARED
from tests.web.conftest import Served, Visitor

RESULT = Path(__file__).resolve().parent / "results/web.md"
VISITORS, MEGABYTES = 10, 20
PAGES = ("/", "/tokens", "/languages", "/languages/tat_Cyrl")
MOST = 300.0  # milliseconds in which 95 of 100 pages are to be there
PAUSE = 0.5  # seconds for which a visitor looks at a page


def text(megabytes: float, seed: int = 0) -> bytes:
    """So much text, no two copies of its lines in one order."""
    lines = (SHARED / "corpora/flores_plus/tat_Cyrl.txt").read_text("utf-8").splitlines(keepends=True)
    order, parts, size = random.Random(seed), [], 0
    while size < megabytes * 1e6:
        order.shuffle(lines)
        parts.append("".join(lines).encode())
        size += len(parts[-1])
    return b"".join(parts)[: int(megabytes * 1e6)].rpartition(b"\n")[0] + b"\n"


@contextmanager
def running(folder: Path) -> Iterator[Served]:
    """The program, until it is left."""
    served = Served(folder)
    try:
        yield served
    finally:
        served.end()


def begun(visitor: Visitor, content: bytes) -> str:
    """A check that goes on; returns the address of its page."""
    path = visitor.post("/works", {}, [("files", ("tat_Cyrl.txt", content))])
    while visitor.session.get(f"{visitor.url}{path}/state").json()["state"] == "waiting":
        time.sleep(0.05)
    return path


def many_visitors(served: Served) -> list[str]:
    """How long pages take for ten visitors at once, before and while a file is checked."""
    visitors = [Visitor(served.url) for _ in range(VISITORS)]
    for page in PAGES:  # what is loaded once
        visitors[0].get(page)
    cut(visitors[0])
    rows = [_row("nothing else", looking(visitors, lambda: time.sleep(10)))]
    owner = Visitor(served.url)
    path = begun(owner, text(MEGABYTES))
    started = time.monotonic()
    rows.append(_row(f"a file of {MEGABYTES} MB is checked", looking(visitors, lambda: owner.wait(path))))
    return [*rows, f"\nThe check took {time.monotonic() - started:.0f} s.\n"]


def looking(visitors: list[Visitor], until: Callable[[], Any]) -> list[float]:
    """The milliseconds of each answer, of visitors who look at one page after the other."""
    took: list[float] = []
    over = threading.Event()

    def look(visitor: Visitor, seed: int) -> None:
        chosen = random.Random(seed)
        while not over.is_set():
            page = chosen.choice((*PAGES, "cut"))
            began = time.perf_counter()
            cut(visitor) if page == "cut" else visitor.get(page)
            took.append(1000 * (time.perf_counter() - began))
            over.wait(PAUSE * chosen.random() * 2)

    threads = [threading.Thread(target=look, args=(one, at)) for at, one in enumerate(visitors)]
    for thread in threads:
        thread.start()
    until()
    over.set()
    for thread in threads:
        thread.join()
    return took


def cut(visitor: Visitor) -> None:
    """A sentence is cut into tokens."""
    sentence = {"text": "И туган тел, и матур тел!", "russian": "О родной язык!"}
    answer = visitor.session.post(f"{visitor.url}/tokens", {"form": visitor.secret, **sentence})
    assert answer.status_code == 200


def _row(what: str, took: list[float]) -> str:
    half, most = np.percentile(took, [50, 95])
    met = "yes" if most < MOST else "**no**"
    return f"| {what} | {len(took)} | {half:.0f} | {most:.0f} | {max(took):.0f} | {met} |"


def upload(served: Served, folder: Path) -> list[str]:
    """A file of 100 MB in a browser: how long it takes, and what its bars show meanwhile."""
    from playwright.sync_api import sync_playwright

    file = folder / "tat_Cyrl.txt"
    file.write_bytes(text(100))
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        page = browser.new_page()
        page.goto(served.url)
        page.set_input_files("#files", file)
        page.evaluate(
            """() => {
              const bar = document.querySelector("[data-uploading] progress");
              window.seen = new Set();
              setInterval(() => seen.add(bar.value.toFixed(2)), 20);
              addEventListener("pagehide", () => sessionStorage.seen = [...seen].join(" "));
            }"""
        )
        began = time.monotonic()
        page.get_by_role("button", name="Check").click()
        page.wait_for_url("**/works/*", timeout=300_000)
        sent = time.monotonic() - began
        shares = page.evaluate("sessionStorage.seen").split()
        reading = set()
        while page.locator("[data-state]").count():
            if value := page.evaluate(
                "document.querySelector('[data-state] progress')?.getAttribute('value')"
            ):
                reading.add(value)
            page.wait_for_timeout(500)
        page.locator("#fixes, .verdict").first.wait_for(state="attached", timeout=600_000)
        checked = time.monotonic() - began - sent
        browser.close()
    return [
        f"A file of 100 MB goes up in {sent:.1f} s; its bar shows {len(shares)} different shares on the way.",
        f"It is checked in {checked:.0f} s; of that {len(reading)} different shares are seen.",
    ]


def killed(folder: Path) -> list[str]:
    """What a program leaves that is killed in the middle of a check, and what the next one makes of it."""
    served = Served(folder)
    visitor = Visitor(served.url)
    path = begun(visitor, text(MEGABYTES))
    time.sleep(1)
    workers = psutil.Process(served.process.pid).children(recursive=True)
    os.kill(served.process.pid, signal.SIGKILL)
    served.process.wait()
    began = time.monotonic()
    _gone, alive = psutil.wait_procs(workers, 10)
    ended = time.monotonic() - began
    left = len([*served.temporary.glob("langcov-serve-*")])
    with running(folder) as again:
        kept = len([*again.temporary.glob("langcov-serve-*")])
        said = Visitor(again.url).get(path, 404)
    assert "give the files again" in said
    return [
        f"Killed in the middle of a check, the program leaves {len(alive)} of its {len(workers)} processes",
        f"(they end within {ended:.1f} s) and {left} folder. The next one has {kept}, its own, and says on",
        "the page of the check that the files have to be given again.",
    ]


def main() -> None:
    """All of it, written as it was measured."""
    busy = os.getloadavg()[0]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with running(folder) as served:
            rows = many_visitors(served)
        with running(folder) as served:
            sent = upload(served, folder)
        lost = killed(folder)
    head = [
        "# The page of langcov serve under load",
        "",
        f"Made by `python benchmarks/web.py` on {os.cpu_count()} cores, the visitors on the same machine;",
        f"other work took it up before (load {busy:.1f}).",
        "",
        f"{VISITORS} visitors at once, each a page every {PAUSE} s on average:",
        "",
        f"| meanwhile | pages | ms, half of them | ms, 95 of 100 | ms, the slowest | below {MOST:.0f} ms |",
        "|---|--:|--:|--:|--:|--:|",
    ]
    RESULT.write_text("\n".join([*head, *rows, *sent, "", *lost, ""]), "utf-8")


if __name__ == "__main__":
    main()
