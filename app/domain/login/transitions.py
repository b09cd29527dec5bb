"""From one step of a sign-in to the next: what is still to be proved, and then the way back."""

from datetime import timedelta

import pyotp

from app.db.base import now
from app.db.session import Session
from app.db.tables.auth import Account
from app.domain.ended_unit_queries import refuse_session
from app.domain.errors import DomainError, UnitEnded
from app.domain.login import consent, queries, rules
from app.domain.login.context import LoginContext, LoginResponse
from app.domain.login.errors import NothingGranted, StartAgain
from app.domain.login.pages import show_enrolment, show_step
from app.domain.login.steps import SECONDS, Stage, Step


async def spend_form(session: Session, step: Step) -> None:
    """Spend a form: each step is accepted once."""
    until = now() + timedelta(seconds=SECONDS)
    if not await queries.spend_step(session, f"step {step.id}", until):
        raise StartAgain()


async def continue_login(
    session: Session, reception: LoginContext, step: Step, account: Account
) -> LoginResponse | DomainError:
    """Return the next step of an account, or the page on which they consent."""
    grants = await queries.list_grants(session, account.id)
    if not grants:
        refused = await refuse_session(session, str(account.id))
        return refused if isinstance(refused, UnitEnded) else NothingGranted()
    if "otp" not in step.methods:
        if account.totp_confirmed_at:
            return show_step(reception, step.next(Stage.CODE))
        if rules.needs_two_factors(grant.role for grant in grants):
            secret = pyotp.random_base32()
            return show_enrolment(reception, step.next(Stage.ENROL, secret=secret), account)
    rules.reset_tries(account)
    if step.counter:
        await queries.forget_tries(session, bytes.fromhex(step.counter))
    served = await consent.list_served(session, reception, step, grants)
    if not served:
        return await consent.refuse_client(session, reception, step)
    units = await queries.list_unit_names(session, {grant.unit_id for grant in served})
    if len(units) > 1:
        return show_step(reception, step.next(Stage.UNIT, secret=None), units=units)
    return await consent.ask_consent(session, reception, step, account, served[0].unit_id)
