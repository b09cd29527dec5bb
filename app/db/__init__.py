"""The database layer: tables, sessions, compiled queries, storage."""
