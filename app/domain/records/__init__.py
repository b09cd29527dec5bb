"""What every record has in common: its version, its steps, the account of what is done to it."""
