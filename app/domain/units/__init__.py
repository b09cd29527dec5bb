"""The map: units through time, and what changes it."""
