"""The page of this computer (``langcov serve``): requests in, rendered results out."""
