"""What visitors have given, and how far it is: kept while the program runs, and nowhere else."""

from __future__ import annotations

import asyncio
import secrets
import shutil
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Literal

from langcov.errors import UserError
from langcov.web.given import Asked
from langcov.web.lanes import Broken, Lane, Lanes, Piece, Stopped

MOST_WORKS, MOST_VISITS = 20, 200
"""That are kept of a visitor, and visitors; older ones make room."""

State = Literal["waiting", "working", "done", "refused", "broken", "cancelled", "ended"]


@dataclass
class Work:
    """Files that were given together, and what became of them.

    Attributes:
        asked: what is read, and how.
        state: of the last thing that was begun.
        share: of it that is done, None where that can't be told.
        said: why it was refused, in English, or where it broke.
        checked: what the check said, once it is done; or what it asks.
        fixed: what the fix said, once copies were made.
        gives: whether it is to be given to others, not checked.
    """

    asked: Asked
    id: str = field(default_factory=lambda: secrets.token_urlsafe(12))
    state: State = "waiting"
    share: float | None = 0.0
    said: str = ""
    checked: dict[str, Any] = field(default_factory=dict)
    fixed: dict[str, Any] = field(default_factory=dict)
    gives: bool = False
    _lane: Lane | None = None
    _task: asyncio.Task[None] | None = None

    @property
    def address(self) -> str:
        """Where its page is."""
        return f"/works/{self.id}"

    @property
    def busy(self) -> bool:
        """Whether something goes on."""
        return self.state in ("waiting", "working")

    def begin(self, lanes: Lanes, piece: Piece, *given: Any) -> None:
        """Begin something in a lane; what it returns is ``checked`` or ``fixed``, by its kind.

        Raises:
            UserError: something goes on already.
        """
        self.check_idle()
        self.state, self.share, self.said = "waiting", 0.0, ""
        self._task = asyncio.create_task(self._run(lanes, piece, given))

    async def _run(self, lanes: Lanes, piece: Piece, given: Sequence[Any]) -> None:
        try:
            made = await lanes.run(piece, (self.asked, *given), self._hear, self._begun)
            if made["kind"] == "fixed":
                self.fixed = made
            else:
                self.checked, self.fixed = made, {}
            self.state = "done"
        except UserError as error:
            self.state, self.said = "refused", str(error)
        except Broken as error:
            self.state, self.said = "broken", str(error)
        except (Stopped, asyncio.CancelledError):
            self.state = "cancelled" if self.state == "cancelled" else "ended"
        finally:
            self._lane = None

    def _hear(self, share: float | None) -> None:
        self.share = share

    def _begun(self, lane: Lane) -> None:
        self._lane, self.state = lane, "working"

    def cancel(self) -> None:
        """End what goes on."""
        if not self.busy:
            return
        self.state = "cancelled"
        if self._lane is not None:
            self._lane.stop()
        elif self._task is not None:
            self._task.cancel()

    def check_idle(self) -> None:
        """See that nothing goes on.

        Raises:
            UserError: something does.
        """
        if self._task is not None and self.busy:
            raise UserError("these files are being worked on: wait until that is done, or cancel it")

    def again(self, **how: Any) -> None:
        """Read it another way from now on.

        Raises:
            UserError: it is being read.
        """
        self.check_idle()
        self.asked = replace(self.asked, **how)

    def add_file(self, name: str) -> None:
        """One more file lies among those that were given."""
        self.asked = replace(self.asked, files=(*self.asked.files, name))

    def remove(self) -> None:
        """Take it away, with all its files."""
        self.cancel()
        shutil.rmtree(self.asked.folder, ignore_errors=True)


@dataclass
class Visit:
    """A browser that came, known by a cookie that nobody can guess.

    Attributes:
        form: what a form has to say back, so that no other page can send it.
        works: by id, the newest last.
        card: what was said of a text that is to be given, as it was typed.
    """

    id: str = field(default_factory=lambda: secrets.token_urlsafe(24))
    form: str = field(default_factory=lambda: secrets.token_urlsafe(24))
    works: dict[str, Work] = field(default_factory=dict)
    card: dict[str, str] = field(default_factory=dict)

    def add(self, files: Sequence[str], folder: Path, **how: str) -> Work:
        """A new piece of work; the oldest one makes room."""
        work = Work(Asked(str(folder), tuple(files), **how))
        self.works[work.id] = work
        while len(self.works) > MOST_WORKS:
            self.works.pop(next(iter(self.works))).remove()
        return work

    def remove(self) -> None:
        """Take away all that was given."""
        for work in self.works.values():
            work.remove()


class Visits:
    """All browsers that came."""

    def __init__(self) -> None:
        self._visits: dict[str, Visit] = {}

    def get(self, id: str) -> Visit | None:
        """The one with this cookie."""
        return self._visits.get(id)

    def new(self) -> Visit:
        """One more; the oldest one makes room, and one that gave nothing before all others."""
        visit = Visit()
        self._visits[visit.id] = visit
        while len(self._visits) > MOST_VISITS:
            idle = (id for id, one in self._visits.items() if not one.works and one is not visit)
            self._visits.pop(next(idle, next(iter(self._visits)))).remove()
        return visit
