"""Secrets of clients: 256 random bits, which nobody can guess, so that a plain hash is stored."""

import hashlib
import hmac

PREFIX = "sha256$"  # other hashes are of secrets that an older version has issued


def hash_secret(secret: str) -> str:
    """Return the hash that is stored of a secret."""
    digest = hashlib.sha256(secret.encode(errors="backslashreplace")).hexdigest()
    return f"{PREFIX}{digest}"


def is_plain(known: str) -> bool:
    """Return whether a stored hash is a plain one."""
    return known.startswith(PREFIX)


def check_secret(secret: str, known: str) -> bool:
    """Return whether a secret has this plain hash, in a time that tells nothing of it."""
    return hmac.compare_digest(hash_secret(secret), known)
