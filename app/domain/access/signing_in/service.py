"""What somebody does on the sign-in pages, step by step."""

import time
from collections.abc import Mapping, Sequence
from dataclasses import replace

from app.db.base import now
from app.db.session import Session
from app.db.tables.auth import Account
from app.domain.access.oauth import authorizing
from app.domain.access.signing_in import queries, rules
from app.domain.access.signing_in.errors import (
    NotYourUnit,
    StartAgain,
    TooManyTries,
    WrongCode,
    WrongCredentials,
)
from app.domain.access.signing_in.noting import note
from app.domain.access.signing_in.passing import let_go, proceed, show, show_enrolment, spend
from app.domain.access.signing_in.reception import Answer, Reception
from app.domain.access.signing_in.seals import Seal
from app.domain.access.signing_in.steps import Stage, Step, open_step
from app.domain.access.signing_in.trying import settle, try_password
from app.domain.errors import DomainError, Language
from app.domain.records import kit as records

Form = Mapping[str, str]
KEPT = (
    "client_id", "redirect_uri", "response_type", "scope", "state", "nonce", "code_challenge",
    "code_challenge_method",
)  # fmt: skip
PAGES = (Stage.PASSWORD, Stage.CODE, Stage.ENROL, Stage.UNIT)


async def begin(
    reception: Reception, pairs: Sequence[tuple[str, str]], language: Language
) -> Answer:
    """Look at what an application asks for, and ask its user who he is."""
    async with reception.database.writing() as session:
        await authorizing.read_request(session, reception.settings, pairs)
    asked = {name: value for name, value in pairs if name in KEPT}
    return show(reception, Step(Stage.PASSWORD, asked, language))


async def go_on(reception: Reception, closed: str, held: str, form: Form) -> Answer:
    """Take what was typed on a page, and answer with the next one."""
    step = open_step(reception.seal, closed, held, *PAGES)
    if step.stage is Stage.PASSWORD:
        return await _password(reception, step, form)
    async with reception.database.writing() as session:
        account = await _still(session, step)
        take = {Stage.CODE: _code, Stage.ENROL: _enrol, Stage.UNIT: _unit}[step.stage]
        answer = await take(session, reception, step, account, form)
        await records.write(session, account)
    return told(answer)


def told(answer: Answer | DomainError) -> Answer:
    """Refuse after the transaction: what was counted and noted in it stands."""
    if isinstance(answer, DomainError):
        raise answer
    return answer


async def _password(reception: Reception, step: Step, form: Form) -> Answer:
    login, password = form.get("login", "").strip().lower(), form.get("password", "")
    try:
        tried = await try_password(reception.database, reception.seal, login, password)
    except TooManyTries as fault:
        return show(reception, step.next(step.stage), fault)
    proved = replace(step, methods=("pwd",), signed_in_at=int(time.time()))
    async with reception.database.writing() as session:
        account = await settle(session, tried, step.asked["client_id"])
        if account is None:
            return show(reception, step.next(step.stage), WrongCredentials())
        await spend(session, step)
        proved = replace(proved, account=str(account.id))
        answer = await proceed(session, reception, proved, account)
        await records.write(session, account)
    return told(answer)


async def _code(
    session: Session, reception: Reception, step: Step, account: Account, form: Form
) -> Answer | DomainError:
    if left := rules.wait(account, now()):
        return show(reception, step.next(step.stage), TooManyTries(retry_after=left))
    if not accept_code(reception, account, form.get("code", "")):
        rules.count(account, now())
        await note(session, account, "sign_in.refused", step.asked["client_id"], reason="code")
        return show(reception, step.next(step.stage), WrongCode())
    await spend(session, step)
    proved = replace(step, methods=(*step.methods, "otp"))
    return await proceed(session, reception, proved, account)


async def _enrol(
    session: Session, reception: Reception, step: Step, account: Account, form: Form
) -> Answer | DomainError:
    if account.totp_confirmed_at or not step.secret:
        raise StartAgain()
    found = rules.matching_step(step.secret, form.get("code", ""), time.time(), None)
    if found is None:
        return show_enrolment(reception, step.next(step.stage), account, WrongCode())
    await spend(session, step)
    keep_secret(reception.seal, account, step.secret, found)
    await queries.end_sessions(session, account.id, "second_factor")
    await note(session, account, "second_factor.enrol", step.asked["client_id"])
    proved = replace(step, methods=(*step.methods, "otp"), secret=None)
    return await proceed(session, reception, proved, account)


async def _unit(
    session: Session, reception: Reception, step: Step, account: Account, form: Form
) -> Answer | DomainError:
    grants = await queries.grants(session, account.id)
    chosen = {str(grant.unit_id): grant.unit_id for grant in grants}.get(form.get("unit", ""))
    if chosen is None:
        units = await queries.units_called(session, {grant.unit_id for grant in grants})
        return show(reception, step.next(step.stage), NotYourUnit(), units=units)
    await spend(session, step)
    return await let_go(session, reception, step, account, chosen)


async def _still(session: Session, step: Step) -> Account:
    """The account that was proved, unless it has been disabled meanwhile."""
    account = await queries.account(session, step.account_id)
    if account is None or account.disabled_at:
        raise StartAgain()
    return account


def accept_code(reception: Reception, account: Account, code: str) -> bool:
    """Take a code of the second factor of an account, once."""
    assert account.totp_secret
    secret = reception.seal.open(f"totp {account.id}", account.totp_secret.decode())
    found = rules.matching_step(secret, code, time.time(), account.totp_last_step)
    account.totp_last_step = found or account.totp_last_step
    return found is not None


def keep_secret(seal: Seal, account: Account, secret: str, step: int) -> None:
    """From now on an account signs in by this second factor; its first code is spent."""
    account.totp_secret = seal.close(f"totp {account.id}", secret).encode()
    account.totp_confirmed_at, account.totp_last_step = now(), step
