"""Tokenizers behind one Protocol, one file for each library."""

from langcov.tokenizers.base import Encoded, Tokenizer, Vocabulary, WordForm
from langcov.tokenizers.registry import System, bundled_names, load

__all__ = ["Encoded", "System", "Tokenizer", "Vocabulary", "WordForm", "bundled_names", "load"]
