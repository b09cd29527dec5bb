"""The second factor of an account: one-time codes, and recovery codes where the phone is lost."""

import hashlib
import secrets
import time

from app.db.base import now
from app.db.tables.auth import Account
from app.domain.login import rules
from app.domain.login.context import LoginContext
from app.domain.login.cookie_seal import CookieSeal

ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"  # without what looks alike on paper
LENGTH, CODES = 12, 10


def accept_code(reception: LoginContext, account: Account, code: str) -> bool:
    """Take a one-time code or a recovery code of an account, each once."""
    if spend_recovery_code(reception.seal, account, code):
        return True
    assert account.totp_secret
    secret = reception.seal.open(f"totp {account.id}", account.totp_secret.decode())
    found = rules.find_totp_step(secret, code, time.time(), account.totp_last_step)
    account.totp_last_step = found or account.totp_last_step
    return found is not None


def keep_secret(seal: CookieSeal, account: Account, secret: str, step: int) -> None:
    """From now on an account signs in by this second factor; its first code is spent."""
    account.totp_secret = seal.close(f"totp {account.id}", secret).encode()
    account.totp_confirmed_at, account.totp_last_step = now(), step


def make_recovery_codes(seal: CookieSeal, account: Account) -> list[str]:
    """Make the codes that replace a lost phone, each once; their digests are stored, sealed."""
    codes = ["".join(secrets.choice(ALPHABET) for _ in range(LENGTH)) for _ in range(CODES)]
    _store_digests(seal, account, [_digest(code) for code in codes])
    return ["-".join(code[at : at + 4] for at in range(0, LENGTH, 4)) for code in codes]


def spend_recovery_code(seal: CookieSeal, account: Account, code: str) -> bool:
    """Spend a recovery code of an account; return whether it was one."""
    plain = "".join(code.lower().replace("-", " ").split())
    if len(plain) != LENGTH or account.recovery_codes is None:
        return False
    left: list[str] = seal.open(f"recovery {account.id}", account.recovery_codes.decode())
    digest = _digest(plain)
    if digest not in left:
        return False
    _store_digests(seal, account, [one for one in left if one != digest])
    return True


def _store_digests(seal: CookieSeal, account: Account, digests: list[str]) -> None:
    account.recovery_codes = seal.close(f"recovery {account.id}", digests).encode()


def _digest(code: str) -> str:
    return hashlib.sha256(code.encode()).hexdigest()
