"""Who comes in: tokens and machine clients."""
