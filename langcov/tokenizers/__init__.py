"""Tokenizers behind one Protocol, one file for each library."""

from langcov.tokenizers.kinds import System, bundled_names, load
from langcov.tokenizers.protocol import Encoded, Tokenizer, Vocabulary, WordForm

__all__ = ["Encoded", "System", "Tokenizer", "Vocabulary", "WordForm", "bundled_names", "load"]
