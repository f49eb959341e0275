"""Fixtures shared by all tests."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

from langcov.core import trial, ui

if TYPE_CHECKING:
    from playwright.sync_api import Browser

collect_ignore = ["soak"]  # python -m tests.soak, for minutes or hours
SHARED = Path(__file__).resolve().parents[2] / "shared"

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
SERIOUS = ("serious", "critical")  # what axe finds

os.environ["LC_ALL"] = "C.UTF-8"  # sentences are compared in English
# Where containers forbid bytecode, hundreds of processes would compile the package again.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False
# A busy machine is no fault; examples differ from run to run, so that many runs see more than one can.
settings.register_profile("untimed", deadline=None, max_examples=40)
settings.load_profile("untimed")


@pytest.fixture(autouse=True, scope="session")
def untried() -> Iterator[None]:
    """Tiny models are not tried in processes of their own (tests/core/test_trial.py does)."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(trial, "check", lambda *_: None)
        yield


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


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium; its loop must not outlive the tests that need it."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield launched
        launched.close()
