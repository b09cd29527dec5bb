"""Webhooks: thin notices of changes, signed and sent to the addresses of subscribers."""
