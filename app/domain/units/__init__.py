"""The map: units through time, and the changes made to it."""
