"""The engine: suspicious words, evidence, verdicts, places."""
