"""Authentication: access tokens and machine clients."""
