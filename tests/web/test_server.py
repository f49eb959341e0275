"""How the program is started and ended: its address, its port, others who may or may not come."""

from __future__ import annotations

import re
import signal
import socket
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

from tests.web.conftest import LIBRARIES, Served

pytestmark = pytest.mark.skipif(not all(map(find_spec, LIBRARIES)), reason="needs langcov[web]")


@pytest.mark.skipif(sys.platform != "linux", reason="others have one loopback address")
def test_others_come_only_with_the_token_that_is_printed(tmp_path: Path) -> None:
    import requests

    served = Served(tmp_path, "--host", "127.0.0.2")
    address, token = served.url.split("/?token=")
    other = requests.Session()
    assert other.get(f"{address}/").status_code == 403
    assert other.get(f"{address}/?token=wrong").status_code == 403
    assert other.post(f"{address}/works", headers={"Origin": address}).status_code == 403
    opened = other.get(f"{address}/?token={token}")
    assert (opened.status_code, opened.url) == (200, f"{address}/")
    assert other.get(f"{address}/languages").status_code == 200
    served.process.send_signal(signal.SIGINT)
    assert served.process.wait(30) == 0
    assert "Ended" in served.told
    assert [*served.temporary.iterdir()] == []


@pytest.mark.parametrize(
    "options, said",
    [
        (["--host", "0.0.0.0"], "name the one that others open"),
        (["--host", "192.0.2.1"], "can't be served"),
        (["--port", "99999"], "no port"),
    ],
)
def test_what_can_not_be_is_said_in_a_line(
    options: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    from langcov.cli import main

    assert main(["serve", "--no-browser", *options]) == 2
    assert re.fullmatch(rf"langcov: .*{said}.*\n", capsys.readouterr().err)


def test_a_port_that_is_taken_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    from langcov.cli import main

    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert main(["serve", "--no-browser", "--port", str(port)]) == 2
    assert f"127.0.0.1:{port} can't be served" in capsys.readouterr().err
