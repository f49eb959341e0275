"""Pieces that would save a language most if a tokenizer had them, and the tokenizer that has them."""
