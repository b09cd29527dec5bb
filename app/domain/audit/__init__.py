"""The audit as it can be read and relied upon: a chain of entries whose heads are signed."""
