"""Purge of closed cases: by their term, with their keys, down to a row of months."""
