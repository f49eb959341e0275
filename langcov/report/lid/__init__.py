"""Views of language-identification results."""
