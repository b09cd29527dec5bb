"""From one step of a sign-in to the next: what is still to be proved, and then the way back."""

import secrets
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pyotp

from app.db.base import now
from app.db.session import Session
from app.db.tables.auth import Account
from app.domain.errors import DomainError
from app.domain.login import queries, rules
from app.domain.login.context import LoginContext, LoginResponse, Page, Redirect
from app.domain.login.errors import NothingGranted, StartAgain
from app.domain.login.events import record_event
from app.domain.login.steps import SECONDS, Stage, Step
from app.domain.oauth import authorization

NAME = "Bình Yên"  # by which an authenticator app lists us


async def spend_form(session: Session, step: Step) -> None:
    """Spend a form: each step is accepted once."""
    until = now() + timedelta(seconds=SECONDS)
    if not await queries.spend_step(session, f"step {step.id}", until):
        raise StartAgain()


async def continue_login(
    session: Session, reception: LoginContext, step: Step, account: Account
) -> LoginResponse | DomainError:
    """Return the next step of an account, or the redirect with its code."""
    grants = await queries.list_grants(session, account.id)
    if not grants:
        return NothingGranted()
    if "otp" not in step.methods:
        if account.totp_confirmed_at:
            return show_step(reception, step.next(Stage.CODE))
        if rules.needs_two_factors(grant.role for grant in grants):
            secret = pyotp.random_base32()
            return show_enrolment(reception, step.next(Stage.ENROL, secret=secret), account)
    rules.reset_tries(account)
    units = await queries.list_unit_names(session, {grant.unit_id for grant in grants})
    if len(units) > 1:
        return show_step(reception, step.next(Stage.UNIT, secret=None), units=units)
    return await issue_code(session, reception, step, account, grants[0].unit_id)


async def issue_code(
    session: Session, reception: LoginContext, step: Step, account: Account, unit_id: UUID
) -> Redirect:
    """Send somebody who has proved everything back to the application, with a code."""
    asked = await authorization.parse_authorization_request(session, reception.settings, step.asked)
    at = datetime.fromtimestamp(step.signed_in_at or 0, UTC)
    await record_event(session, account, "sign_in", step.asked["client_id"])
    return Redirect(
        await authorization.issue_code(
            session, reception.settings, asked, account_id=account.id, unit_id=unit_id,
            methods=step.methods, signed_in_at=at,
        )
    )  # fmt: skip


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
