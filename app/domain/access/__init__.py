"""Who may come in, by which way, and with what rights."""
