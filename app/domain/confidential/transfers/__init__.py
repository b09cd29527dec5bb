"""Transfers of records between units: offered, then accepted, declined or withdrawn."""
