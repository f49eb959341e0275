"""Tokenizer metrics: from counters to records."""
