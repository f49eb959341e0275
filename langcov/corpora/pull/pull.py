"""Pulling a corpus: its files are fetched into the cache, checked, made into texts, and given a card."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from langcov.core.toml import table
from langcov.core.work import Progress
from langcov.corpora.base import among
from langcov.corpora.card.card import CARD
from langcov.corpora.pull import cache
from langcov.corpora.pull.archive import unpack
from langcov.corpora.pull.catalogue import FORMS, MEMBER, Entry, File, verify
from langcov.corpora.pull.download import Resuming
from langcov.corpora.readers.foreign import SAMPLE, refusal
from langcov.errors import MissingLibrary, UserError
from langcov.languages import find


@dataclass(frozen=True)
class Pulled:
    """What a pull left in the cache."""

    folder: Path  # of the corpus, with its card
    languages: list[str]  # all that are in it now
    # of this pull. Those with a ``sha256`` have it; what the catalogue has none of (all of a file, or what
    # follows its first ``lines``) is what it was when it first came.
    files: list[File]


@dataclass(frozen=True)
class Store:
    """A cache, and how what is missing in it is fetched."""

    folder: Path
    mirror: str | None = None  # the URL to fetch from in place of the catalogue's; its paths are the same
    offline: bool = False
    timeout: float = 30.0  # seconds without a byte after which a connection counts as stalled
    # attempts, pause: as in ``Resuming``
    attempts: int = 5
    pause: float = 0.5
    # called when another process is at work in this cache, before it is waited for
    waiting: Callable[[], None] = lambda: None

    def path(self, upstream: str) -> Path:
        """Where an upstream file lies, or the archive that it is in."""
        return self.folder / "upstream" / upstream.partition(MEMBER)[0]


def pull(
    entry: Entry, store: Store, languages: Sequence[str] = (), progress: Progress | None = None
) -> Pulled:
    """Bring a corpus, or some languages of it, into the cache; what is there and intact is not fetched again.

    Raises:
        UserError: a language is not in it, a file can't be fetched or is not the one that it should be; what
            was pulled before stays as it was.
        MissingLibrary: pooch, requests or filelock.
    """
    files = _wanted(entry, languages)
    progress = progress or Progress()
    progress.start(len(files))
    folder = store.folder / "corpora" / entry.name
    with _alone(store):
        if store.offline:
            _all_here(entry, files, store)
        for file in files:
            text = _text(entry, file, store, progress)
            if not (folder / file.name).is_file() or (folder / file.name).read_bytes() != text:
                cache.write(folder / file.name, text)
            progress.finish(file.name)
        return _describe(entry, folder, files)


def _wanted(entry: Entry, languages: Sequence[str]) -> list[File]:
    chosen: set[str] = set()
    for name in languages:
        found = among(set(entry.languages), name)
        if not found:
            raise UserError(
                f"{entry.name} has no {name} ({find(name).id}); it has {', '.join(entry.languages)}"
            )
        chosen |= found
    return [file for file in entry.files if not chosen or file.language is None or file.language in chosen]


def _all_here(entry: Entry, files: Sequence[File], store: Store) -> None:
    missing = [
        file.name for file in files if not all(cache.intact(store.path(path)) for path in file.upstream)
    ]
    if missing:
        names = ", ".join(missing[:5]) + ("…" if len(missing) > 5 else "")
        raise UserError(
            f"{entry.name}: {len(missing)} of {len(files)} files are not in {store.folder} ({names}): "
            "pull it once without --offline"
        )


def _text(entry: Entry, file: File, store: Store, progress: Progress) -> bytes:
    """The text of a file of a corpus, checked against the sum in the catalogue."""
    checked, made = FORMS[entry.form]
    paths = [store.path(part) for part in file.upstream]
    for part in file.upstream:
        _fetch(entry, part, store, lambda size: progress.advance(file.name, size))
    try:
        parts = [_content(path, part) for path, part in zip(paths, file.upstream)]
        text = checked(parts)
        text.decode()
        if file.sha256 and not verify(text, file.sha256, file.lines):
            raise UserError("its sha256 is not the one of the catalogue: it is damaged or another text")
        if not file.sha256 and not all(_may_be_text(checked([part])) for part in parts):
            raise UserError("the server sent nothing, or a page and no text: try later, or another --mirror")
    except (UserError, UnicodeDecodeError) as problem:
        for path in paths:
            cache.forget(path)
        raise UserError(f"{entry.name}, {file.name} (of {', '.join(file.upstream)}): {problem}") from None
    for path in paths:
        if not cache.recorded(path):
            cache.record(path)
    return text if made is checked else made(parts)


def _fetch(entry: Entry, part: str, store: Store, arrived: Callable[[int], None]) -> None:
    """Let an upstream file be in the cache: the one of the first pull, where there was one."""
    path = store.path(part)
    known = cache.recorded(path)
    if cache.intact(path):
        return
    try:
        import pooch
        import requests  # noqa: F401 (Resuming needs it)
    except ImportError:
        raise MissingLibrary("pooch", "pull", "pulling a corpus") from None
    pooch.get_logger().setLevel("WARNING")
    path.unlink(missing_ok=True)
    path.parent.mkdir(parents=True, exist_ok=True)
    downloader = Resuming(
        path.with_name(f"{path.name}.part"), arrived, store.timeout, store.attempts, store.pause
    )
    url = f"{(store.mirror or entry.base).rstrip('/')}/{quote(part.partition(MEMBER)[0])}"
    try:
        pooch.retrieve(url, known, path.name, path.parent, downloader=downloader)
    except ValueError:
        raise UserError(
            f"{url}: is not the file that was pulled first (its sha256 is in {path}.sha256): the server has "
            "another one, or it was damaged on its way"
        ) from None


def _content(path: Path, part: str) -> bytes:
    """The bytes of an upstream file, or of the one in an archive that is meant."""
    _, _, member = part.partition(MEMBER)
    if not member:
        return path.read_bytes()
    unpacked = path.with_name(f"{path.name}.unpacked")
    if not cache.recorded(path):
        shutil.rmtree(unpacked, ignore_errors=True)
    if not unpacked.is_dir():
        unpack(path, unpacked)
    try:
        return (unpacked / member).read_bytes()
    except OSError as problem:
        raise UserError(f"{member} can't be read from {path.name}: {problem.strerror}") from None


def _may_be_text(made: bytes) -> bool:
    return bool(made.strip()) and refusal("", made[:SAMPLE], "txt") is None


@contextmanager
def _alone(store: Store) -> Iterator[None]:
    """One process at a time works in a cache; the lock ends with the process."""
    try:
        from filelock import FileLock, Timeout
    except ImportError:
        raise MissingLibrary("filelock", "pull", "pulling a corpus") from None
    store.folder.mkdir(parents=True, exist_ok=True)
    lock = FileLock(store.folder / "pull.lock")
    try:
        lock.acquire(blocking=False)
    except Timeout:
        store.waiting()
        lock.acquire()
    try:
        yield
    finally:
        lock.release()


def _describe(entry: Entry, folder: Path, files: Sequence[File]) -> Pulled:
    """Write the card, of what was pulled before too."""
    by_language: dict[str, list[File]] = {}
    for file in entry.files:
        if file.language and (folder / file.name).is_file():
            by_language.setdefault(file.language, []).append(file)
    names = {one: [file.name for file in found] for one, found in by_language.items()}
    sums = {one: [cache.sha256(folder / name) for name in found] for one, found in names.items()}
    commits = {one: " ".join(sorted(set(map(_origin, found)))) for one, found in by_language.items()}
    parts = (
        table("", {"name": entry.name, "summary": entry.title, **entry.card}),
        table("languages", {one: found[0] if len(found) == 1 else found for one, found in names.items()}),
        table("commit", commits),
        table("sha256", {one: found[0] if len(found) == 1 else found for one, found in sums.items()}),
    )
    cache.write(folder / CARD, "\n".join(parts).encode())
    return Pulled(folder, sorted(names), list(files))


def _origin(file: File) -> str:
    """Repositories and commits, as cards write them."""
    origins = (part.split("/")[:3] for part in file.upstream)
    return " ".join(dict.fromkeys(f"github.com/{owner}/{name}@{commit}" for owner, name, commit in origins))
