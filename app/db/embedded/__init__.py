"""Run the embedded PostgreSQL: binaries, data directory, server process."""
