"""The feed of changes: what has changed since a cursor, for those who keep copies."""
