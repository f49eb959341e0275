"""Language-identification metrics: from counters to records."""
