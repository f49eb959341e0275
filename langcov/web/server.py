"""The server on this computer: its address, and what is cleared up when it ends."""

from __future__ import annotations

import secrets
import socket
import threading
import webbrowser
from collections.abc import Callable, Sequence
from typing import Any

import uvicorn

from langcov.errors import UserError
from langcov.web.app import application
from langcov.web.folders import Root
from langcov.web.guard import TOKEN, Rules

LOOPBACK = "127.0.0.1"
ANY = ("0.0.0.0", "::", "")
PORT = 8017
"""Tried first where none is asked for; a bookmark then stays right."""


def serve(
    host: str,
    port: int | None,
    language: str,
    tokenizers: Sequence[str],
    opened: bool,
    said: Callable[[str], None],
) -> None:
    """Serve until the process is asked to end.

    Args:
        host: whose requests are heard; other than this computer's own only with a token.
        port: None takes ``PORT``, or any that is free.
        language: of a reader whose browser says nothing.
        tokenizers: SPECs of those that cut sentences.
        opened: open a browser.
        said: is told the address.

    Raises:
        UserError: the port is taken, or there is no such host here.
    """
    if host in ANY:
        raise UserError(f"{host} is every address of this computer: name the one that others open")
    with _listening(host, port) as listening:
        at = listening.getsockname()[1]
        alone = host == LOOPBACK
        names = [LOOPBACK, "localhost"] if alone else [host, socket.gethostname()]
        token = "" if alone else secrets.token_urlsafe(16)
        address = f"http://{host}:{at}/" + f"?{TOKEN}={token}" * bool(token)
        root = Root()
        try:
            app = application(root, Rules([f"{name}:{at}" for name in names], token), language, tokenizers)
            config = uvicorn.Config(
                app,
                log_config=None,
                access_log=False,
                timeout_graceful_shutdown=1,
                timeout_keep_alive=60,
                server_header=False,
            )
            _Server(config, lambda: _ready(address, opened, said)).run([listening])
        finally:
            root.remove()


class _Server(uvicorn.Server):
    """Says when it hears."""

    def __init__(self, config: uvicorn.Config, ready: Callable[[], None]) -> None:
        super().__init__(config)
        self._ready = ready

    async def startup(self, sockets: Any = None) -> None:
        await super().startup(sockets)
        self._ready()


def _ready(address: str, opened: bool, said: Callable[[str], None]) -> None:
    said(address)
    if opened:
        threading.Thread(target=webbrowser.open, args=(address,), daemon=True).start()


def _listening(host: str, port: int | None) -> socket.socket:
    """A socket that hears on a port: the one that was asked for, else the usual or any free one."""
    for wanted in (PORT, 0) if port is None else (port,):
        made = socket.socket()
        try:
            made.bind((host, wanted))
        except OSError as error:
            made.close()
            if wanted == PORT and port is None:
                continue
            raise UserError(
                f"{host}:{wanted} can't be served ({error.strerror or error}): give another --port"
            ) from None
        return made
    raise AssertionError
