"""REST, one file a feature."""
