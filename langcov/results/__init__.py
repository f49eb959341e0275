"""Results: records, signature, schema, files."""
