"""Measurements: corpora and systems in, a result out."""
