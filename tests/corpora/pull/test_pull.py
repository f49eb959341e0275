"""Pulling into a cache: what is checked, what is trusted once, what stays when something fails."""

from __future__ import annotations

import hashlib
import io
import multiprocessing
import tarfile
import threading
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from langcov.corpora import read, resolve
from langcov.corpora.base import Provenance, ReadOptions
from langcov.corpora.pull.cache import pulled_corpora, recorded
from langcov.corpora.pull.catalogue import Entry, File, load_catalogue
from langcov.corpora.pull.pull import Store, pull
from langcov.errors import UserError
from tests.mirror import Mirror, mirror

__all__ = ["mirror"]

AT = "owner/repository/0123456789abcdef0123456789abcdef01234567"
CARD = {
    "kind": "text",
    "licence": "CC0-1.0",
    "source": "github.com/owner/repository",
    "cite": "x",
    "alignment": "none",
}
TATAR, RUSSIAN = b"\xef\xbb\xbf" + "сүз\r\nөй\r\n".encode(), "слово\nдом\n".encode()


def sum_of(text: str | bytes) -> str:
    return hashlib.sha256(text if isinstance(text, bytes) else text.encode()).hexdigest()


def toy(base: str, **changes: object) -> Entry:
    """Tatar with a known sum of its first line, Russian of two parts and without one."""
    files = (
        File("tat_Cyrl.txt", (f"{AT}/tat.txt",), "tat_Cyrl", sum_of("сүз\n"), 1),
        File("rus_Cyrl.txt", (f"{AT}/a/rus 1.txt", f"{AT}/b/rus 2.txt"), "rus_Cyrl"),
    )
    return replace(Entry("toy-text", "A toy", "lines", base, files, CARD), **changes)  # type: ignore[arg-type]


@pytest.fixture
def entry(mirror: Mirror) -> Entry:
    mirror.files |= {f"{AT}/tat.txt": TATAR, f"{AT}/a/rus 1.txt": RUSSIAN, f"{AT}/b/rus 2.txt": b"end"}
    return toy(mirror.url)


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Store:
    monkeypatch.setenv("LANGCOV_CACHE", str(tmp_path / "cache"))
    return Store(tmp_path / "cache", timeout=0.4, attempts=2, pause=0.01)


def contents(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_pulled_texts_and_their_card(entry: Entry, store: Store, mirror: Mirror) -> None:
    pulled = pull(entry, store)
    assert (pulled.folder, pulled.languages) == (store.folder / "corpora/toy-text", ["rus_Cyrl", "tat_Cyrl"])
    assert (pulled.folder / "tat_Cyrl.txt").read_text("utf-8") == "сүз\nөй\n"
    assert (pulled.folder / "rus_Cyrl.txt").read_bytes() == RUSSIAN + b"end\n"
    (corpus,) = resolve(["toy-text"])
    assert (corpus.name, corpus.languages, corpus.licence) == ("toy-text", pulled.languages, "CC0-1.0")
    assert pulled_corpora() == {"toy-text": pulled.folder}
    card = (pulled.folder / "corpus.toml").read_text("utf-8")
    assert f'tat_Cyrl = "github.com/owner/repository@{AT[-40:]}"' in card
    assert f'tat_Cyrl = "{sum_of((pulled.folder / "tat_Cyrl.txt").read_bytes())}"' in card
    asked = len(mirror.asked)
    before = contents(store.folder)
    pull(entry, store)
    assert (len(mirror.asked), contents(store.folder)) == (asked, before)


def test_languages_one_after_another(entry: Entry, store: Store, mirror: Mirror) -> None:
    assert pull(entry, store, ["татарча"]).languages == ["tat_Cyrl"]
    assert [path for path, _ in mirror.asked] == [f"{AT}/tat.txt"]
    assert pull(entry, store, ["ru"]).languages == ["rus_Cyrl", "tat_Cyrl"]
    with pytest.raises(UserError, match=r"toy-text has no udm \(udm_Cyrl\); it has rus_Cyrl, tat_Cyrl"):
        pull(entry, store, ["udm"])


def test_offline(entry: Entry, store: Store, mirror: Mirror) -> None:
    offline = replace(store, offline=True)
    pull(entry, store, ["tat"])
    mirror.asked.clear()
    with pytest.raises(
        UserError, match=r"toy-text: 1 of 2 files are not in .*cache \(rus_Cyrl\.txt\): pull it once"
    ):
        pull(entry, offline)
    assert pull(entry, offline, ["tat"]).languages == ["tat_Cyrl"]
    path = store.path(f"{AT}/tat.txt")
    path.write_bytes(TATAR + b"!")
    with pytest.raises(UserError, match="1 of 1 files are not in"):
        pull(entry, offline, ["tat"])
    assert mirror.asked == []


@pytest.mark.parametrize("fault", ["corrupt", "404"])
def test_a_wrong_file_is_never_left(entry: Entry, store: Store, mirror: Mirror, fault: str) -> None:
    mirror.faults[f"{AT}/tat.txt"] = [fault]
    with pytest.raises(UserError) as problem:
        pull(entry, store, ["tat"])
    assert "\n" not in str(problem.value)
    assert "tat.txt" in str(problem.value)
    assert contents(store.folder).keys() <= {"pull.lock"}
    assert pull(entry, store, ["tat"]).languages == ["tat_Cyrl"]


def test_what_was_pulled_before_stays(entry: Entry, store: Store, mirror: Mirror) -> None:
    pull(entry, store)
    before = contents(store.folder / "corpora")
    for path in mirror.files:
        store.path(path).unlink()
        mirror.faults[path] = ["corrupt"] * 9
    with pytest.raises(UserError, match="is not the file that was pulled first"):
        pull(entry, store, ["rus"])
    with pytest.raises(UserError):
        pull(entry, store, ["tat"])
    assert contents(store.folder / "corpora") == before


def test_trusted_once_then_held_to_it(entry: Entry, store: Store, mirror: Mirror) -> None:
    pull(entry, store)
    path = store.path(f"{AT}/a/rus 1.txt")
    assert recorded(path) == sum_of(RUSSIAN)
    path.write_bytes(b"damaged on the disk")
    pull(entry, store)
    assert path.read_bytes() == RUSSIAN
    path.unlink()
    mirror.files[f"{AT}/a/rus 1.txt"] = b"another\n"
    with pytest.raises(
        UserError, match=r"is not the file that was pulled first \(its sha256 is in .*\.sha256\)"
    ):
        pull(entry, store)
    assert not path.exists()


def test_a_text_that_is_no_text(entry: Entry, store: Store, mirror: Mirror) -> None:
    mirror.files[f"{AT}/a/rus 1.txt"] = "слово".encode("cp1251")
    with pytest.raises(UserError, match=r"toy-text, rus_Cyrl\.txt \(of owner/.*\): 'utf-8' codec"):
        pull(entry, store)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b" \n\n",
        b"\xef\xbb\xbf\n<!doctype html>\n<title>Sign in</title>",
        b"<HTML><body>Busy</body></HTML>",
        b"<!-- a proxy -->\n<html lang=en>",
        b'<?xml version="1.0"?><Error>NoSuchKey</Error>',
        b'{"message": "Not Found"}',
    ],
)
def test_a_page_is_not_trusted_as_the_text(entry: Entry, store: Store, mirror: Mirror, body: bytes) -> None:
    """Of what the catalogue has no sum; the second of two parts, so that there is text at all."""
    good, mirror.files[f"{AT}/b/rus 2.txt"] = mirror.files[f"{AT}/b/rus 2.txt"], body
    with pytest.raises(UserError, match=r"rus_Cyrl\.txt .*: the server sent nothing, or a page"):
        pull(entry, store)
    assert not (store.folder / "corpora/toy-text").joinpath("rus_Cyrl.txt").exists()
    assert recorded(store.path(f"{AT}/b/rus 2.txt")) is None
    mirror.files[f"{AT}/b/rus 2.txt"] = good
    assert pull(entry, store).languages == ["rus_Cyrl", "tat_Cyrl"]


def test_an_interrupted_pull_is_resumed(entry: Entry, store: Store, mirror: Mirror) -> None:
    mirror.files[f"{AT}/tat.txt"] = long = "сүз\n".encode() * 100_000
    mirror.faults[f"{AT}/tat.txt"] = ["drop"] + ["500"] * 9
    with pytest.raises(UserError, match="are kept, run it again to go on"):
        pull(entry, store, ["tat"])
    mirror.faults.clear()
    mirror.asked.clear()
    pull(entry, store, ["tat"])
    ((_, asked),) = mirror.asked
    assert asked is not None
    assert int(asked[6:-1]) > len(long) // 3


def _in_a_process(base: str, folder: Path) -> None:
    pull(toy(base), Store(folder))


def test_two_at_once(entry: Entry, store: Store, mirror: Mirror) -> None:
    """Threads and processes: each file is fetched once, and all find it whole."""
    waited = threading.Event()
    workers: list[threading.Thread | multiprocessing.process.BaseProcess] = [
        threading.Thread(target=pull, args=(entry, replace(store, waiting=waited.set))) for _ in range(4)
    ]
    start = multiprocessing.get_context("spawn").Process
    workers += [start(target=_in_a_process, args=(entry.base, store.folder)) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert sorted(path for path, _ in mirror.asked) == sorted(mirror.files)
    assert (store.folder / "corpora/toy-text/tat_Cyrl.txt").read_text("utf-8") == "сүз\nөй\n"
    assert not list(store.folder.rglob("*.part*"))


def archived(name: str, files: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    if name.endswith(".zip"):
        with zipfile.ZipFile(buffer, "w") as archive:
            for path, content in files.items():
                archive.writestr(path, content)
    else:
        with tarfile.open(fileobj=buffer, mode="w:gz") as packed:
            for path, content in files.items():
                info = tarfile.TarInfo(path)
                info.size = len(content)
                packed.addfile(info, io.BytesIO(content))
    return buffer.getvalue()


@pytest.mark.parametrize("name", ["lists.zip", "lists.tar.gz"])
def test_files_of_an_archive(store: Store, mirror: Mirror, name: str) -> None:
    mirror.files[f"{AT}/{name}"] = archived(name, {"lists/tat.txt": TATAR, "lists/rus.txt": RUSSIAN})
    files = tuple(
        File(f"{language}_Cyrl.txt", (f"{AT}/{name}!lists/{language}.txt",), f"{language}_Cyrl", sum_of(text))
        for language, text in (("tat", "сүз\nөй\n"), ("rus", RUSSIAN))
    )
    entry = toy(mirror.url, files=files)
    assert pull(entry, store).languages == ["rus_Cyrl", "tat_Cyrl"]
    assert pull(entry, replace(store, offline=True)).languages == ["rus_Cyrl", "tat_Cyrl"]
    assert [path for path, _ in mirror.asked] == [f"{AT}/{name}"]
    lacking = replace(entry, files=(replace(files[0], upstream=(f"{AT}/{name}!lists/none.txt",)),))
    with pytest.raises(UserError, match=r"lists/none\.txt can't be read from lists\."):
        pull(lacking, store)


@pytest.mark.parametrize("name", ["lists.zip", "lists.tar.gz"])
def test_an_archive_that_escapes_its_folder(store: Store, mirror: Mirror, name: str, tmp_path: Path) -> None:
    mirror.files[f"{AT}/{name}"] = archived(name, {"tat.txt": TATAR, "../../evil.txt": b"evil"})
    entry = toy(mirror.url, files=(File("tat_Cyrl.txt", (f"{AT}/{name}!tat.txt",), "tat_Cyrl"),))
    with pytest.raises(
        UserError, match=r"toy-text, tat_Cyrl\.txt .*'\.\./\.\./evil\.txt' in it leads out of its"
    ):
        pull(entry, store)
    assert contents(tmp_path).keys() <= {"cache/pull.lock"}


def as_upstream(entry: Entry, file: File, shared: Path) -> list[bytes]:
    """Files as the source has them, made again of the text that was taken from it (see SOURCES.md)."""
    folder = shared / "corpora" / entry.name.removesuffix("-text")
    if entry.name == "ud-text":
        text = (folder / f"{file.upstream[0].split('/')[1]}.conllu").read_bytes()
        middle = text.index(b"\n\n", len(text) // 2) + 2
        return [text] if len(file.upstream) == 1 else [text[:middle], text[middle:]]
    if entry.name == "gatitos-text":
        return [(folder / file.name.replace("bxr", "bua")).with_suffix(".tsv").read_bytes()]
    return [(folder / file.name).read_bytes().replace(b"\n", b"\r\n") + b"beyond what the sum is of\r\n" * 9]


@pytest.mark.parametrize("name", ["ntrex-text", "ud-text", "gatitos-text", "nllbseed-text"])
def test_real_texts_have_the_sums(name: str, store: Store, mirror: Mirror, shared: Path) -> None:
    entry = load_catalogue()[name]
    for file in entry.files:
        mirror.files |= dict(zip(file.upstream, as_upstream(entry, file, shared)))
    pull(entry, replace(store, mirror=mirror.url, timeout=5.0))
    (corpus,) = resolve([name])
    assert corpus.languages == entry.languages
    for source in corpus.sources[:3]:
        assert sum(len(lines.text) for lines in read(source, corpus, ReadOptions(), Provenance())) > 50
    first = entry.files[0].upstream[0]
    mirror.files[first] = mirror.files[first].replace(b"a", b"b", 1)
    with pytest.raises(UserError, match="its sha256 is not the one of the catalogue"):
        pull(
            entry,
            Store(store.folder.with_name("other"), mirror=mirror.url),
            [entry.files[0].language or "eng"],
        )
