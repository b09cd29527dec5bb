"""Compile a selection of a shape into one SQL statement and run it."""
