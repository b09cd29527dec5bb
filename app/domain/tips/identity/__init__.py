"""The identities of informants: requested, approved by a second person, opened on record."""
