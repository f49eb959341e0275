"""Faster libraries than a tokenizer's own, used only where a certificate says that their ids are the same."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import partial

from langcov.core.libraries import is_library_failure
from langcov.tokenizers.content import Content, HasContent
from langcov.tokenizers.engines.certificates import Certificate, certificates, find, installed
from langcov.tokenizers.engines.fast import Fast
from langcov.tokenizers.engines.gigatoken import NAME, Gigatoken
from langcov.tokenizers.kinds import System

__all__ = ["with_engine"]


def with_engine(system: System, among: Iterable[Certificate] | None = None) -> System:
    """The same tokenizer with a certified engine before it; as it is where there is none.

    Args:
        system: a loaded tokenizer.
        among: the certificates; None takes those of langcov.
    """
    engine = installed(NAME)
    if engine is None or not isinstance(system.tokenizer, HasContent):
        return system
    content = system.tokenizer.content()
    if content is None:
        return system
    certificate = find(content, engine, certificates() if among is None else among)
    if certificate is None:
        return system
    apart = (*content.special, *certificate.reference_for)
    try:
        fast = Fast(system.tokenizer, partial(_load, content), engine, apart)
    except BaseException as error:
        if not is_library_failure(error):
            raise
        return system
    return replace(system, tokenizer=fast, engine=engine)


def _load(content: Content) -> Gigatoken:
    engine = Gigatoken(content)
    if not engine.holds(content):
        raise ValueError("the engine has another vocabulary than the library")
    return engine
