"""Background jobs: queued in the transaction that wants them, or run on a schedule."""
