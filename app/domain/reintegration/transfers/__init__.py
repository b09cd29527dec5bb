"""Moves of cases between units."""
