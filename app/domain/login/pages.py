"""The next page of a sign-in, for a browser that is given a fresh secret with it."""

import secrets
from typing import Any

import pyotp

from app.db.tables.auth import Account
from app.domain.errors import DomainError
from app.domain.login.context import LoginContext, Page
from app.domain.login.steps import Step

NAME = "Bình Yên"  # by which an authenticator app lists us


def show_step(
    reception: LoginContext, step: Step, fault: DomainError | None = None, **facts: Any
) -> Page:
    """A page for this step, for a browser that is given a fresh secret with it."""
    held = secrets.token_urlsafe(32)
    return Page(step, step.close(reception.seal, held), held, facts, fault)


def show_enrolment(
    reception: LoginContext, step: Step, account: Account, fault: DomainError | None = None
) -> Page:
    """The page on which a second factor is set up."""
    assert step.secret
    return show_step(
        reception, step, fault, secret=step.secret, link=link_identity(step.secret, account)
    )


def link_identity(secret: str, account: Account) -> str:
    """Return the URI from which an authenticator app reads a secret."""
    return pyotp.TOTP(secret).provisioning_uri(name=account.login, issuer_name=NAME)
