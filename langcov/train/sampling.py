"""How much of the text that a tokenizer is trained on is of each language."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

Weights = Mapping[str, float]
"""The share of each language; all are 1 together."""

STEP = 4.0
"""By which power of its relative cost the weight of a language grows. In a vocabulary of 32,000 for twenty
languages one step brought them half of the way together, and four nearly all of it."""


MOST_REPEATS = 8
"""How many times as often as in the whole a text may count: above, its words are learned by heart, and the
vocabulary is full of them."""


def uniform(chars: Mapping[str, int]) -> Weights:
    """The same of each, as far as there is text.

    >>> uniform({"a": 9, "b": 3})
    {'a': 0.5, 'b': 0.5}
    """
    return capped({language: 1 / len(chars) for language in chars}, chars)


def capped(weights: Weights, chars: Mapping[str, int]) -> Weights:
    """Weights that count no text more than ``MOST_REPEATS`` times; what is over goes to the others.

    >>> capped({"a": 0.5, "b": 0.5}, {"a": 99, "b": 1})
    {'a': 0.92, 'b': 0.08}
    """
    total = sum(chars.values())
    most = {language: MOST_REPEATS * n / total for language, n in chars.items()}
    found = dict(weights)
    while over := [one for one in found if found[one] > most[one]]:
        found |= {one: most[one] for one in over}
        free = {one: weight for one, weight in found.items() if weight < most[one]}
        rest = 1 - sum(weight for one, weight in found.items() if one not in free)
        held = sum(free.values())
        found |= {one: weight * rest / held for one, weight in free.items()}
    return found


def proportional(chars: Mapping[str, int]) -> Weights:
    """As much as there is.

    >>> proportional({"a": 9, "b": 1})
    {'a': 0.9, 'b': 0.1}
    """
    total = sum(chars.values())
    return {language: n / total for language, n in chars.items()}


def shifted(
    weights: Weights, premiums: Mapping[str, float], chars: Mapping[str, int], step: float = STEP
) -> Weights:
    """Weights that give more to languages that are more expensive than the others.

    Args:
        premiums: of the languages that have aligned text; others count as average.
        chars: of the text of each.
        step: the power.

    >>> found = shifted({"a": 0.5, "b": 0.5}, {"a": 2.0, "b": 1.0}, {"a": 1, "b": 1}, 1)
    >>> round(found["a"], 3), round(found["b"], 3)
    (0.667, 0.333)
    """
    mean = float(np.exp(np.mean(np.log(list(premiums.values())))))
    grown = {one: weight * (premiums.get(one, mean) / mean) ** step for one, weight in weights.items()}
    total = sum(grown.values())
    return capped({language: weight / total for language, weight in grown.items()}, chars)
