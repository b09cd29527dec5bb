"""Identities of protected people: requested, approved by a second person, opened on record."""
