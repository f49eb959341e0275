"""Faster libraries than a tokenizer's own, used only where a certificate says that their ids are the same."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import partial
from typing import Protocol

from langcov.core.libraries import is_library_failure
from langcov.tokenizers.content import Content, HasContent
from langcov.tokenizers.engines import gigatoken, nanotoken, splintr
from langcov.tokenizers.engines.certificates import Certificate, certificates, find
from langcov.tokenizers.engines.fast import Engine, Fast
from langcov.tokenizers.kinds import System

__all__ = ["ENGINES", "with_engine"]


class Loaded(Engine, Protocol):
    """An engine that shows what it has loaded."""

    def holds(self, content: Content) -> bool:
        """Whether that is what the tokenizer has, as far as it can be seen."""


ENGINES: dict[str, Callable[[Content, str], Loaded]] = {
    gigatoken.NAME: gigatoken.Gigatoken,
    nanotoken.NAME: nanotoken.Nanotoken,
    splintr.NAME: splintr.Splintr,
}
"""By distribution."""


def with_engine(system: System, among: Iterable[Certificate] | None = None) -> System:
    """The same tokenizer with a certified engine before it; as it is where there is none.

    Args:
        system: a loaded tokenizer.
        among: the certificates; None takes those of langcov.
    """
    if not isinstance(system.tokenizer, HasContent):
        return system
    content = system.tokenizer.content()
    if content is None:
        return system
    certificate = find(content, certificates() if among is None else among)
    if certificate is None:
        return system
    apart = (*content.special, *certificate.reference_for)
    try:
        engine = _loaded(content, certificate)
        if not engine.holds(content):
            return system
        bare = replace(content, tokens={}, merges=(), special=())  # it may be loaded again, not compared
        load = partial(_loaded, bare, certificate)
        fast = Fast(system.tokenizer, engine, load, certificate.engine, apart)
    except BaseException as error:
        if not is_library_failure(error):
            raise
        return system
    return replace(system, tokenizer=fast, engine=certificate.engine)


def _loaded(content: Content, certificate: Certificate) -> Loaded:
    return ENGINES[certificate.engine.split()[0]](content, certificate.scheme)
