"""Forces: protection teams and other groups, their members, steering committees."""
