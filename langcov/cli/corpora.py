"""Corpora: list, check, fix, describe, fetch, or condense them."""

from __future__ import annotations

import argparse
from importlib import import_module
from types import ModuleType

ACTIONS = ("list", "pull", "check", "fix", "condense", "card", "new")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The actions of ``langcov corpora``, one module each, and their options."""
    actions = parser.add_subparsers(dest="action", metavar="|".join(ACTIONS), required=True)
    for name in ACTIONS:
        action = _module(name)
        options = actions.add_parser(name, help=action.PURPOSE, description=action.__doc__)
        action.add_arguments(options)


def run(args: argparse.Namespace) -> int:
    """Do the action."""
    code: int = _module(args.action).run(args)
    return code


def _module(action: str) -> ModuleType:
    return import_module(f"langcov.cli.corpora_{action}")
