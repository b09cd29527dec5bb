"""Full disks: recognised, logged with their place, and remembered for the answers of health."""

import errno
import time

import asyncpg
import structlog
from sqlalchemy.exc import DBAPIError

LOG = structlog.get_logger()
FULL_ERRORS = (errno.ENOSPC, errno.EDQUOT)
FULL_WORDS = ("os error 28", "os error 122")  # as the library of the storage says it
STANDS = 30.0  # seconds: how long a failure counts; the next one renews it
LOG_EVERY = 10.0
DATABASE, STORAGE, TEMPORARY = "database", "storage", "temporary_files"
_seen: dict[str, float] = {}


def is_disk_full(error: BaseException | None) -> bool:
    """Return whether an error, or what caused it, is a disk without space."""
    return find_full_place(error) is not None


def find_full_place(error: BaseException | None) -> str | None:
    """Return where the disk is full; None if the error is of another kind."""
    if isinstance(error, DBAPIError):
        return find_full_place(getattr(error.orig, "__cause__", None))
    if isinstance(error, asyncpg.DiskFullError):
        return DATABASE
    if isinstance(error, OSError) and error.errno in FULL_ERRORS:
        return TEMPORARY
    return find_full_place(error.__cause__) if error and error.__cause__ else None


def is_storage_full(error: Exception) -> bool:
    """Return whether the storage of contents failed for want of space."""
    full = isinstance(error, OSError) and error.errno in FULL_ERRORS
    return full or any(words in str(error) for words in FULL_WORDS)


def report_full(place: str) -> None:
    """Remember that a disk is full, and say so in the log, now and then."""
    moment = time.monotonic()
    if moment - _seen.get(place, -LOG_EVERY) >= LOG_EVERY:
        LOG.error("disk_full", where=place)
    _seen[place] = moment


def full_places() -> list[str]:
    """Return where a disk was full a moment ago."""
    return [place for place, at in _seen.items() if time.monotonic() - at < STANDS]


def forget_full() -> None:
    """Forget what was full; for tests."""
    _seen.clear()
