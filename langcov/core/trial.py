"""Files on which a library may end the whole process: tried first in a process of its own, each content once.

The verdict is kept in the cache, by the sha256 of the file and the version of the library.
"""

from __future__ import annotations

import subprocess
import sys
from contextlib import suppress
from pathlib import Path

from langcov.core.files import cache_folder, write_whole
from langcov.errors import LibraryDied, UserError

LIMIT = 600.0  # seconds in which a file has to be loaded and used
ALIVE = "alive"
_CHILD = """
import sys
from contextlib import suppress
sys.path = {path!r}
from langcov.core.plugins import imported
with suppress(BaseException):  # what is raised ends no process: it is raised again, and caught
    imported({use!r})({file!r})
print({alive!r}, file=sys.__stdout__, flush=True)
"""


def check(file: str, sha256: str, library: str, use: str) -> None:
    """See that a library survives a file.

    Args:
        file: its path.
        sha256: of the file.
        library: its name and version.
        use: the ``module:function`` that loads the file and makes use of it.

    Raises:
        LibraryDied: the library ends the process, or doesn't come to an end.
    """
    cache = cache_folder()
    kept = cache / "trials" / library.replace("/", "_") / sha256 if cache else None
    verdict = _kept(kept) or _tried(file, use)
    if kept and _kept(kept) is None:
        with suppress(OSError, UserError):  # then it is tried again the next time
            kept.parent.mkdir(parents=True, exist_ok=True)
            write_whole(kept, f"{verdict}\n".encode())
    if verdict != ALIVE:
        raise LibraryDied(f"{file}: {library} {verdict}: it is damaged, or made by another version")


def _kept(path: Path | None) -> str | None:
    try:
        return path.read_text("utf-8").strip() if path else None
    except (OSError, UnicodeDecodeError):
        return None


def _tried(file: str, use: str) -> str:
    code = _CHILD.format(path=sys.path, use=use, file=file, alive=ALIVE)
    try:
        ran = subprocess.run([sys.executable, "-c", code], capture_output=True, timeout=LIMIT, check=False)
    except subprocess.TimeoutExpired:
        return f"doesn't come to an end of it in {LIMIT:.0f} s"
    except OSError:  # no process can be started here
        return ALIVE
    survived = ran.stdout.endswith(f"{ALIVE}\n".encode())
    return ALIVE if survived else f"ends the process (code {ran.returncode})"
