"""Counters of tokens: how many, and which of them say nothing or little."""

from __future__ import annotations

from langcov.counting.counter import TokenCounter

COUNTERS = (
    TokenCounter("tokens", "words", lambda tokens: tokens.encoded.counts, perturbed=True),
    TokenCounter("unknown_tokens", "words", lambda tokens: tokens.per_string(tokens.unknown), perturbed=True),
    TokenCounter("byte_tokens", "words", lambda tokens: tokens.per_string(tokens.byte_tokens)),
)
