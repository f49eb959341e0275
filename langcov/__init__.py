"""langcov measures how well tokenizers and language-ID models handle the languages of Russia."""

__version__ = "0.1.0"
