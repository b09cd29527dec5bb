"""Work that nobody waits for: queued in the transaction that wants it, or done by the clock."""
