"""The common parts of records: version, transitions, and the log of changes."""
