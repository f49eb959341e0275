"""Word tables: the counts of distinct words as a corpus format."""
