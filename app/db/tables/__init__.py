"""Every table, one file a feature."""
