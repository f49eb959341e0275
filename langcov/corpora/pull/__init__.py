"""Pulled corpora: open text fetched at a pinned revision."""
