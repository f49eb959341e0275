"""One file over HTTP: resumed where it broke off, tried again when the network fails, never two spliced."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from langcov import __version__
from langcov.errors import UserError

if TYPE_CHECKING:
    import requests

BUSY = (408, 425, 429, 500, 502, 503, 504)  # answers of a server that may be better a moment later
LONGEST_PAUSE = 60.0


class _TryAgain(Exception):
    """An answer that may be better next time, after at least so many seconds."""

    def __init__(self, reason: str, pause: float = 0.0) -> None:
        super().__init__(reason)
        self.pause = pause


@dataclass
class Resuming:
    """A downloader for pooch. What has arrived stays beside the file, also when the program is stopped."""

    # where the bytes are kept until all are there; beside it, what tells whether they may be resumed
    part: Path
    arrived: Callable[[int], None]
    timeout: float = 30.0  # seconds without a byte after which a connection counts as stalled
    attempts: int = 5  # how often in a row no new byte may come before it is given up
    pause: float = 0.5  # seconds before the second attempt; each further one waits twice as long

    def __call__(self, url: str, output_file: str, _: object) -> None:
        """Fetch ``url`` into ``output_file``.

        Raises:
            UserError: the server refuses it, or attempts are used up; what has arrived is kept.
        """
        import requests
        from requests import exceptions

        # What no second attempt fixes: each is a RequestException.
        final = (exceptions.SSLError, exceptions.TooManyRedirects, exceptions.InvalidURL, ValueError)
        failures, most = 0, self._size()
        with requests.Session() as session:
            while True:
                try:
                    self._attempt(session, url)
                    break
                except (requests.RequestException, _TryAgain) as problem:
                    failures = failures + 1 if self._size() <= most else 1
                    most = max(most, self._size())
                    if failures >= self.attempts or isinstance(problem, final):
                        raise UserError(_given_up(url, problem, most)) from None
                    wanted = problem.pause if isinstance(problem, _TryAgain) else 0.0
                    time.sleep(min(max(wanted, self.pause * 2 ** (failures - 1)), LONGEST_PAUSE))
        self.part.replace(output_file)
        self._note.unlink(missing_ok=True)

    def _attempt(self, session: requests.Session, url: str) -> None:
        start, headers = self._resumable(url)
        with session.get(url, headers=headers, stream=True, timeout=self.timeout) as answer:
            if answer.status_code == 416 or (answer.status_code == 206 and not _continues(answer, headers)):
                self.part.unlink(missing_ok=True)
                raise _TryAgain("the server has another part than was asked for")
            if answer.status_code in BUSY:
                raise _TryAgain(f"HTTP {answer.status_code} {answer.reason}", _retry_after(answer))
            if answer.status_code not in (200, 206):
                raise UserError(f"{url}: HTTP {answer.status_code} {answer.reason}")
            if url.startswith("https:") and not answer.url.startswith("https:"):
                raise UserError(f"{url}: leads to {answer.url}, which is not encrypted")
            self._receive(answer, url, start if answer.status_code == 206 else 0)

    def _receive(self, answer: requests.Response, url: str, start: int) -> None:
        packed = answer.headers.get("Content-Encoding", "identity") != "identity"
        length = answer.headers.get("Content-Length", "")
        if not length.isdecimal() and answer.headers.get("Transfer-Encoding") != "chunked":
            raise UserError(f"{url}: the server doesn't say how long it is, so it can't be told from a part")
        if not start:
            self.part.unlink(missing_ok=True)  # first: the note is never of another file than the part
        self._note.write_text(json.dumps({"url": url, "validator": None if packed else _validator(answer)}))
        with self.part.open("ab") as file:
            for piece in answer.iter_content(1 << 14):
                file.write(piece)
                self.arrived(len(piece))
        if length.isdecimal() and not packed and self._size() != start + int(length):
            raise _TryAgain(f"cut short: {self._size()} of {start + int(length)} bytes")

    def _resumable(self, url: str) -> tuple[int, dict[str, str]]:
        """How many bytes are here, if more of the same file can be asked for, and the headers that do it."""
        headers = {"Accept-Encoding": "identity", "User-Agent": f"langcov/{__version__}"}
        try:
            note = json.loads(self._note.read_text())
        except (OSError, ValueError):
            note = {}
        start = self._size()
        if not start or note.get("url") != url or not note.get("validator"):
            return 0, headers
        return start, {**headers, "Range": f"bytes={start}-", "If-Range": note["validator"]}

    def _size(self) -> int:
        return self.part.stat().st_size if self.part.exists() else 0

    @property
    def _note(self) -> Path:
        return self.part.with_name(f"{self.part.name}.json")


def _continues(answer: requests.Response, headers: Mapping[str, str]) -> bool:
    """Whether a part is the one asked for, and of the same file: not all servers heed If-Range."""
    asked = headers.get("Range", "").replace("=", " ")
    same = headers.get("If-Range") in (answer.headers.get("ETag"), answer.headers.get("Last-Modified"))
    return same and bool(asked) and answer.headers.get("Content-Range", "").startswith(asked)


def _validator(answer: requests.Response) -> str | None:
    """What says that it is still the same file, byte for byte: a weak tag doesn't."""
    tag = answer.headers.get("ETag", "")
    return answer.headers.get("Last-Modified") if not tag or tag.startswith("W/") else tag


def _retry_after(answer: requests.Response) -> float:
    seconds = answer.headers.get("Retry-After", "")
    return float(seconds) if seconds.isdecimal() else 0.0


def _given_up(url: str, problem: Exception, kept: int) -> str:
    import requests

    if isinstance(problem, requests.Timeout) or "timed out" in str(problem):  # while reading it is no Timeout
        reason = "no answer in time"
    elif isinstance(problem, requests.ConnectionError | requests.exceptions.ChunkedEncodingError):
        reason = "no connection" if not kept else "the connection breaks off"
    else:
        reason = " ".join(str(problem).split())
    here = f"; the {kept:,} bytes that came are kept, run it again to go on" if kept else ""
    return f"{url}: {reason}{here}"
