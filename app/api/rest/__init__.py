"""The REST door, one file a feature."""
