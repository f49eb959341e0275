"""Cards: what a corpus says of itself."""
