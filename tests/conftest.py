"""Fixtures shared by all tests."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from langcov.core import trial, ui

SHARED = Path(__file__).resolve().parents[2] / "shared"

os.environ["LC_ALL"] = "C.UTF-8"  # sentences are compared in English
settings.register_profile("untimed", deadline=None)  # a busy machine is no fault
settings.load_profile("untimed")


@pytest.fixture(autouse=True)
def untried(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Tiny models are not tried in processes of their own, but where that is what is tested."""
    if "trial" not in request.node.nodeid:
        monkeypatch.setattr(trial, "check", lambda *_: None)


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """What a test says in another language, the next one doesn't."""
    yield
    ui.use("en")


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real corpora and tokenizers beside the checkout; a clone elsewhere has none."""
    if not SHARED.is_dir():
        pytest.skip("needs ../shared")
    return SHARED
