"""Roles of the database in which confidential records are handled."""

RUNTIME, VAULT, KEEPER = (f"binhyen_{name}" for name in ("runtime", "vault", "keeper"))
