"""Acceptance: whether the API holds and reports the figures of a file, checked over HTTP."""
