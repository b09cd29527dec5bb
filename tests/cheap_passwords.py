"""Passwords that cost next to nothing: what a real one costs is proved once."""

from pwdlib.hashers.argon2 import Argon2Hasher

from app.domain.auth.service import HASH
from app.domain.login import password_attempts

SHIPPED = HASH.hashers[0]


def make_cheap() -> None:
    """Hash as cheaply as Argon2 can, names that nobody has included."""
    HASH.hashers = (Argon2Hasher(time_cost=1, memory_cost=8, parallelism=1),)
    HASH.current_hasher = HASH.hashers[0]
    password_attempts.NOBODY = HASH.hash("nobody knows it")
