"""From one step of a sign-in to the next: what is still to be proved, and then the way back."""

import secrets
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pyotp

from app.db.base import now
from app.db.session import Session
from app.db.tables.auth import Account
from app.domain.access.oauth import authorizing
from app.domain.access.signing_in import queries, rules
from app.domain.access.signing_in.errors import NothingGranted, StartAgain
from app.domain.access.signing_in.noting import note
from app.domain.access.signing_in.reception import Answer, Go, Reception, Show
from app.domain.access.signing_in.steps import SECONDS, Stage, Step
from app.domain.errors import DomainError

NAME = "Bình Yên"  # by which an authenticator app lists us


async def spend(session: Session, step: Step) -> None:
    """A step is passed once, whoever sends it again."""
    until = now() + timedelta(seconds=SECONDS)
    if not await queries.spend(session, f"step {step.id}", until):
        raise StartAgain()


async def proceed(
    session: Session, reception: Reception, step: Step, account: Account
) -> Answer | DomainError:
    """What an account that has proved this much is asked next, or where it is sent."""
    grants = await queries.grants(session, account.id)
    if not grants:
        return NothingGranted()
    if "otp" not in step.methods:
        if account.totp_confirmed_at:
            return show(reception, step.next(Stage.CODE))
        if rules.needs_two_factors(grant.role for grant in grants):
            secret = pyotp.random_base32()
            return show_enrolment(reception, step.next(Stage.ENROL, secret=secret), account)
    rules.forget(account)
    units = await queries.units_called(session, {grant.unit_id for grant in grants})
    if len(units) > 1:
        return show(reception, step.next(Stage.UNIT, secret=None), units=units)
    return await let_go(session, reception, step, account, grants[0].unit_id)


async def let_go(
    session: Session, reception: Reception, step: Step, account: Account, unit_id: UUID
) -> Go:
    """Send somebody who has proved everything back to the application, with a code."""
    asked = await authorizing.read_request(session, reception.settings, step.asked)
    at = datetime.fromtimestamp(step.signed_in_at or 0, UTC)
    await note(session, account, "sign_in", step.asked["client_id"])
    return Go(
        await authorizing.grant_code(
            session, reception.settings, asked, account_id=account.id, unit_id=unit_id,
            methods=step.methods, signed_in_at=at,
        )
    )  # fmt: skip


def show(reception: Reception, step: Step, fault: DomainError | None = None, **facts: Any) -> Show:
    """A page for this step, for a browser that is given a fresh secret with it."""
    held = secrets.token_urlsafe(32)
    return Show(step, step.close(reception.seal, held), held, facts, fault)


def show_enrolment(
    reception: Reception, step: Step, account: Account, fault: DomainError | None = None
) -> Show:
    """The page on which a second factor is set up."""
    assert step.secret
    return show(reception, step, fault, secret=step.secret, link=link(step.secret, account))


def link(secret: str, account: Account) -> str:
    """What an authenticator app reads to know a secret."""
    return pyotp.TOTP(secret).provisioning_uri(name=account.login, issuer_name=NAME)
