"""Counts: what tokenizers and LID models do to each source, in integers that add up."""
