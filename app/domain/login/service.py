"""The steps of the sign-in pages."""

import time
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial

from app.db.session import Session
from app.db.tables.auth import Account
from app.domain.errors import DomainError, Language
from app.domain.login import consent, factors, queries
from app.domain.login.context import LoginContext, LoginResponse
from app.domain.login.errors import (
    NotYourUnit,
    SignInBusy,
    StartAgain,
    TooManyTries,
    WrongCredentials,
)
from app.domain.login.pages import show_step
from app.domain.login.password_attempts import record_outcome, try_password
from app.domain.login.steps import Stage, Step, open_step
from app.domain.login.transitions import continue_login, spend_form
from app.domain.login.tries import Visitor
from app.domain.oauth import authorization
from app.domain.records import kit as records

Form = Mapping[str, str]
SECRET_TTL = (
    "client_id", "redirect_uri", "response_type", "scope", "state", "nonce", "code_challenge",
    "code_challenge_method",
)  # fmt: skip


async def start_login(
    reception: LoginContext, pairs: Sequence[tuple[str, str]], language: Language
) -> LoginResponse:
    """Check an authorization request and start the sign-in of its user."""
    async with reception.database.write_transaction() as session:
        await authorization.parse_authorization_request(session, reception.settings, pairs)
    asked = {name: value for name, value in pairs if name in SECRET_TTL}
    return show_step(reception, Step(Stage.PASSWORD, asked, language))


async def advance(
    reception: LoginContext, closed: str, held: str, form: Form, visitor: Visitor
) -> LoginResponse:
    """Take what was typed on a page, and answer with the next one."""
    step = open_step(reception.seal, closed, held, Stage.PASSWORD, Stage.CODE, *TAKES)
    if step.stage is Stage.PASSWORD:
        return await _password(reception, step, form, visitor)
    async with reception.database.write_transaction() as session:
        account = await _check_step(session, step)
        codes = partial(factors.take_code, visitor)
        take = codes if step.stage is Stage.CODE else TAKES[step.stage]
        answer = await take(session, reception, step, account, form)
        await records.write(session, account)
    return error_page(answer)


def error_page(answer: LoginResponse | DomainError) -> LoginResponse:
    """Refuse after the transaction: what was counted and noted in it stands."""
    if isinstance(answer, DomainError):
        raise answer
    return answer


async def _password(
    reception: LoginContext, step: Step, form: Form, visitor: Visitor
) -> LoginResponse:
    login, password = form.get("login", "").strip().lower(), form.get("password", "")
    try:
        async with reception.turns.turn(visitor.source(reception.seal)):
            tried = await try_password(reception.database, reception.seal, login, password, visitor)
    except (TooManyTries, SignInBusy) as fault:
        return show_step(reception, step.next(step.stage), fault)
    proved = replace(step, methods=("pwd",), signed_in_at=int(time.time()))
    async with reception.database.write_transaction() as session:
        account = await record_outcome(session, tried, step.asked["client_id"])
        if account is None:
            return show_step(reception, step.next(step.stage), WrongCredentials())
        await spend_form(session, step)
        proved = replace(proved, account=str(account.id), counter=tried.counted[0].hex())
        answer = await continue_login(session, reception, proved, account)
        await records.write(session, account)
    return error_page(answer)


async def _unit(
    session: Session, reception: LoginContext, step: Step, account: Account, form: Form
) -> LoginResponse | DomainError:
    held = await queries.list_grants(session, account.id)
    grants = await consent.list_served(session, reception, step, held)
    chosen = {str(grant.unit_id): grant.unit_id for grant in grants}.get(form.get("unit", ""))
    if chosen is None:
        units = await queries.list_unit_names(session, {grant.unit_id for grant in grants})
        return show_step(reception, step.next(step.stage), NotYourUnit(), units=units)
    await spend_form(session, step)
    return await consent.ask_consent(session, reception, step, account, chosen)


async def _consent(
    session: Session, reception: LoginContext, step: Step, account: Account, form: Form
) -> LoginResponse | DomainError:
    await spend_form(session, step)
    return await consent.take_consent(session, reception, step, account, form.get("decision", ""))


TAKES = {
    Stage.ENROL: factors.take_enrolment,
    Stage.RECOVERY: factors.leave_recovery,
    Stage.UNIT: _unit,
    Stage.CONSENT: _consent,
}


async def _check_step(session: Session, step: Step) -> Account:
    """The account that was proved, unless it has been disabled meanwhile."""
    account = await queries.find_account(session, step.account_id)
    if account is None or account.disabled_at:
        raise StartAgain()
    return account
