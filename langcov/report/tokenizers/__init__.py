"""Views of tokenizer results."""
