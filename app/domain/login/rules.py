"""Rules of sign-in: waits, codes, passwords, second factors."""

import hmac
import unicodedata
from collections.abc import Iterable
from datetime import datetime, timedelta
from math import ceil
from pathlib import Path
from typing import Protocol

import pyotp

from app.domain.actor import TWO_FACTOR_ROLES
from app.domain.login.errors import WeakPassword

FREE_TRIES = 5
FREE_TRIES_OF_STRANGERS = 50  # of one name, from all addresses together
MAX_WAIT = 60  # seconds: others can slow a person down, never lock them out
MIN_PASSWORD_LENGTH = 12
MAX_PASSWORD_LENGTH = 200
STEP = 30  # seconds that a one-time code lives
COMMON = frozenset((Path(__file__).parent / "common_passwords.txt").read_text("utf-8").split())


class Tries(Protocol):
    """A counter of failed attempts: an account, or an unknown login."""

    failures: int
    next_try_at: datetime | None


def wait_seconds(tries: Tries, at: datetime) -> int:
    """Whole seconds until the next try is looked at."""
    left = (tries.next_try_at - at).total_seconds() if tries.next_try_at else 0
    return max(ceil(left), 0)


def count_try(tries: Tries, at: datetime, free: int = FREE_TRIES) -> None:
    """Count a try as wrong before it is looked at, so that many at once are no way around."""
    tries.failures += 1
    if tries.failures >= free:
        seconds = min(2 ** min(tries.failures - free, 10), MAX_WAIT)
        tries.next_try_at = at + timedelta(seconds=seconds)


def uncount_try(tries: Tries) -> None:
    """Uncount a correct attempt; earlier failures stay counted."""
    tries.failures, tries.next_try_at = max(tries.failures - 1, 0), None


def reset_tries(tries: Tries) -> None:
    """The sign-in is complete: it starts from nought."""
    tries.failures, tries.next_try_at = 0, None


def needs_two_factors(roles: Iterable[str]) -> bool:
    """Return whether one of the roles needs a second factor."""
    return not TWO_FACTOR_ROLES.isdisjoint(roles)


def find_totp_step(secret: str, code: str, at: float, last: int | None) -> int | None:
    """The time step of a code: the present one or a neighbour, and none that was used."""
    given, code_of = "".join(code.split()).encode(), pyotp.TOTP(secret).generate_otp
    present, found = int(at) // STEP, None
    for step in (present - 1, present, present + 1):
        if hmac.compare_digest(code_of(step).encode(), given) and step > (last or 0):
            found = step
    return found


def normalise_password(password: str) -> str:
    """A password in one form, however the keyboard put its accents together."""
    return unicodedata.normalize("NFKC", password)


def check_new_password(password: str, login: str) -> None:
    """Refuse a password that is short, common, or made of the name; ask for no kinds of signs."""
    plain = normalise_password(password).casefold()
    if not MIN_PASSWORD_LENGTH <= len(plain) <= MAX_PASSWORD_LENGTH:
        raise WeakPassword(
            "password_length",
            f"it has from {MIN_PASSWORD_LENGTH} to {MAX_PASSWORD_LENGTH} characters.",
            f"dài từ {MIN_PASSWORD_LENGTH} đến {MAX_PASSWORD_LENGTH} ký tự.",
        )
    bare = "".join(plain.split())
    rest = bare.replace(login.casefold(), "") if login else bare
    if bare in COMMON or len(set(bare)) < 4 or len(rest) < MIN_PASSWORD_LENGTH // 2:
        raise WeakPassword(
            "password_common",
            "it is one that others try first; choose several words of your own.",
            "đây là mật khẩu dễ đoán; hãy chọn vài từ của riêng bạn.",
        )
