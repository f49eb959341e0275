"""Tokenizers behind one Protocol, one file for each library."""

from langcov.tokenizers.kinds import KINDS, System, bundled_names, load
from langcov.tokenizers.protocol import Encoded, Tokenizer, Vocabulary

__all__ = ["KINDS", "Encoded", "System", "Tokenizer", "Vocabulary", "bundled_names", "load"]
