"""Tokenizers trained so that no language is much more expensive than the others."""
