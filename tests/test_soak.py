"""The judge of the soak runs: it has to see what it is there for."""

from __future__ import annotations

import random
import signal
from pathlib import Path

import pytest

from tests.soak import watch
from tests.soak.edits import EDITS, PACKED, edit
from tests.soak.watch import Run, faults, unreadable

CODES = {
    "sys.stderr.write('Traceback (most recent call last)')": "Traceback on stderr",
    "sys.exit(70)": "exit code 70",
    "sys.exit(1)": "exit code 1",
    "sys.exit(2)": "exit code 2 without a word",
    "os.kill(os.getpid(), signal.SIGSEGV)": "exit code -11",
    "time.sleep(30)": "no end in 1 s",
    "subprocess.Popen(['sleep', '30'])": "1 processes left",
    "print('NaN')": "standard output: x.json: ValueError: NaN is no number of JSON",
    "print('{}')": None,
}


@pytest.mark.parametrize("code", CODES)
def test_what_is_wrong_with_a_run_is_seen(code: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watch, "LEFT", 0.2)
    monkeypatch.setattr(watch, "MOST", 1.0)
    folder = tmp_path / "work"
    folder.mkdir()
    program = ("-c", f"import os, signal, subprocess, sys, time; {code}")
    words = ["json"] * code.startswith("print('")
    assert faults(Run(words, folder, program).ended()) == [one for one in [CODES[code]] if one]
    assert [*tmp_path.iterdir()] == [folder]


def test_a_signal_is_sent_once_it_is_handled(tmp_path: Path) -> None:
    (tmp_path / "work").mkdir()
    code = "import signal, sys, time; signal.signal(15, lambda *_: sys.exit(130)); time.sleep(30)"
    run = Run([], tmp_path / "work", ("-c", code))
    run.end_with(signal.SIGTERM, 0)
    ran = run.ended()
    assert (ran.code, ran.signal, faults(ran)) == (130, 15, [])


@pytest.mark.parametrize(
    "ending", ["json", "jsonl", "html", "md", "words.tsv", "tsv.gz", "tsv.xz", "tsv.zst"]
)
def test_half_a_file_is_seen(ending: str) -> None:
    data = b'{"a": [1, 2]}\n<p></html>\n' if ending == "html" else b'{"a": [1, 2]}\n'
    path = Path(f"x.{ending}")
    if path.suffix in PACKED:
        data = PACKED[path.suffix][1](data)
    assert not unreadable(path, data)
    assert unreadable(path, data[: len(data) // 2])


@pytest.mark.parametrize("name", ["x.txt", "x.txt.zst", "x.bin"])
def test_an_edit_can_be_made_again(name: str, tmp_path: Path) -> None:
    data = b"".join(b"%d\tword\n" % number for number in range(50))
    data = PACKED[".zst"][1](data) if name.endswith("zst") else data + b"\0" * name.endswith("bin")
    path, made = tmp_path / name, set()
    for seed in range(40):
        seen = set()
        for _ in range(2):
            path.write_bytes(data)
            said = edit(random.Random(seed), path)
            seen.add((said, path.read_bytes()))
        assert len(seen) == 1
        made |= {said.split()[0]}
    assert len(made) > 5 and made <= {*EDITS}
