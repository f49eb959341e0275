"""fastText's answers without its library, used only where a certificate says that they are the same."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from langcov.core.libraries import is_library_failure
from langcov.lid.engines.certificates import Certificate, certificates, recipe
from langcov.lid.engines.engine import ENGINE, Engine
from langcov.lid.engines.fast import Fast
from langcov.lid.engines.weights import Weights
from langcov.lid.fasttext import FastText
from langcov.lid.kinds import LidSystem

__all__ = ["with_engine"]


def with_engine(system: LidSystem, among: Collection[Certificate] | None = None) -> LidSystem:
    """The same model with the certified engine before it; as it is where there is none.

    Args:
        system: a loaded model.
        among: the certificates; None takes those of langcov.
    """
    model = system.model
    if not isinstance(model, FastText) or model.path is None:
        return system
    fitting = certificates() if among is None else among
    fitting = [one for one in fitting if (one.engine, one.reference) == (ENGINE, model.version)]
    if not fitting:
        return system
    try:
        weights = Weights.read(model.path, model.library)
        if not any(one.recipe == recipe(weights) for one in fitting):
            return system
        fast = Fast(model, Engine(weights), ENGINE)
    except BaseException as error:
        if not is_library_failure(error):
            raise
        return system
    return replace(system, model=fast, engine=ENGINE)
