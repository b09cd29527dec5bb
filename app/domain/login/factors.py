"""The steps of a sign-in on which a second factor is shown or set up."""

import time
from collections.abc import Mapping
from dataclasses import replace

from app.db.base import now
from app.db.session import Session
from app.db.tables.auth import Account
from app.db.tables.login import UnknownLogin
from app.domain.errors import DomainError
from app.domain.login import queries, rules
from app.domain.login.context import LoginContext, LoginResponse
from app.domain.login.errors import StartAgain, TooManyTries, WrongCode
from app.domain.login.events import record_event
from app.domain.login.pages import show_enrolment, show_step
from app.domain.login.second_factor import accept_code, keep_secret, make_recovery_codes
from app.domain.login.steps import Stage, Step
from app.domain.login.transitions import continue_login, spend_form
from app.domain.login.tries import Visitor
from app.domain.records import kit as records

Form = Mapping[str, str]


async def take_code(
    visitor: Visitor, session: Session, reception: LoginContext, step: Step, account: Account,
    form: Form,
) -> LoginResponse | DomainError:  # fmt: skip
    """Take a code of the second factor, and go on."""
    tries = await _tries_at_codes(session, reception, account, visitor)
    if left := rules.wait_seconds(tries, now()):
        return show_step(reception, step.next(step.stage), TooManyTries(retry_after=left))
    if not accept_code(reception, account, form.get("code", "")):
        rules.count_try(tries, now())
        await records.write(session, tries)
        await record_event(
            session, account, "sign_in.refused", step.asked["client_id"], reason="code"
        )
        return show_step(reception, step.next(step.stage), WrongCode())
    await spend_form(session, step)
    proved = replace(step, methods=(*step.methods, "otp"))
    return await continue_login(session, reception, proved, account)


async def _tries_at_codes(
    session: Session, reception: LoginContext, account: Account, visitor: Visitor
) -> Account | UnknownLogin:
    """The counter of codes: of a known device, or of the account for all others together."""
    device = visitor.known_device(reception.seal, account.id)
    if device is None:
        return account
    (found,) = await queries.lock_tries(session, [reception.seal.name("device code", device)])
    return found


async def take_enrolment(
    session: Session, reception: LoginContext, step: Step, account: Account, form: Form
) -> LoginResponse | DomainError:
    """Take the first code of a new second factor, and show its recovery codes."""
    if account.totp_confirmed_at or not step.secret:
        raise StartAgain()
    found = rules.find_totp_step(step.secret, form.get("code", ""), time.time(), None)
    if found is None:
        return show_enrolment(reception, step.next(step.stage), account, WrongCode())
    await spend_form(session, step)
    keep_secret(reception.seal, account, step.secret, found)
    await queries.end_sessions(session, account.id, "second_factor")
    await record_event(session, account, "second_factor.enrol", step.asked["client_id"])
    proved = replace(step, methods=(*step.methods, "otp"), secret=None)
    codes = make_recovery_codes(reception.seal, account)
    return show_step(reception, proved.next(Stage.RECOVERY), codes=codes)


async def leave_recovery(
    session: Session, reception: LoginContext, step: Step, account: Account, form: Form
) -> LoginResponse | DomainError:
    """Go on from the page of the recovery codes."""
    await spend_form(session, step)
    return await continue_login(session, reception, step, account)
