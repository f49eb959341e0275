"""A person before a terminal."""

from __future__ import annotations

import codecs
import fcntl
import os
import pty
import re
import select
import subprocess
import sys
import termios
import time

from tests.cli.conftest import environment


class Terminal:
    """A person before a terminal in which ``langcov`` runs."""

    def __init__(self, *args: object) -> None:
        self.shown = ""
        self.decoder = codecs.getincrementaldecoder("utf-8")()  # a letter may come in two pieces
        self.screen, inside = pty.openpty()
        self.process = subprocess.Popen(
            [sys.executable, "-m", "langcov", *map(str, args)],
            stdin=inside,
            stdout=inside,
            stderr=inside,
            env=environment(LANG="C.UTF-8", LC_ALL="C.UTF-8", TERM="dumb"),
            preexec_fn=lambda: (os.setsid(), fcntl.ioctl(0, termios.TIOCSCTTY, 0)),
        )
        os.close(inside)

    def shows(self, pattern: str, seconds: float) -> bool:
        """Whether it comes to stand there, since the last answer, in so many seconds."""
        until = time.monotonic() + seconds
        while not re.search(pattern, self.shown):
            if not select.select([self.screen], [], [], max(0, until - time.monotonic()))[0]:
                return False
            try:
                piece = os.read(self.screen, 4096)
            except OSError:  # Linux says so when the other end is closed
                return False
            self.shown += self.decoder.decode(piece).replace("\r\n", "\n")
        return True

    def see(self, pattern: str) -> None:
        """Wait until it is shown."""
        assert self.shows(pattern, 30), f"{pattern!r} is not in {self.shown!r}"

    def answer(self, question: str, text: str) -> None:
        """Wait for a question and its prompt, and type."""
        self.see(rf"(?s){question}.*> $")
        self.shown = ""
        os.write(self.screen, f"{text}\n".encode())

    def press(self, key: bytes, pattern: str) -> None:
        """Press a key, again after a second: Python sees one late that comes just before readline waits."""
        for _ in range(30):
            os.write(self.screen, key)
            if self.shows(pattern, 1):
                return
        self.see(pattern)

    def close(self) -> int:
        """The exit code."""
        code = self.process.wait(timeout=30)
        os.close(self.screen)
        return code
