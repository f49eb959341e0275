"""Languages: the table of facts, ISO 639, alphabets and folds, perturbations."""

from langcov.languages.table import (
    BASES,
    MODELS,
    Language,
    all_languages,
    alphabet,
    both_cases,
    find,
    lid_label,
    members,
    orthographies,
    sources,
)

__all__ = [
    "BASES",
    "MODELS",
    "Language",
    "all_languages",
    "alphabet",
    "both_cases",
    "find",
    "lid_label",
    "members",
    "orthographies",
    "sources",
]
