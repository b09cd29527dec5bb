"""Sign-in through the external provider; only our accounts decide who it is."""

import secrets
import time
from collections.abc import Mapping
from dataclasses import replace

from app.domain.errors import DomainError
from app.domain.login import queries
from app.domain.login.claims import ExternalIdentity
from app.domain.login.context import LoginContext, LoginResponse, Redirect
from app.domain.login.errors import ProviderDown, ProviderRefused, StartAgain, UnknownOutside
from app.domain.login.events import record_event
from app.domain.login.pages import show_step
from app.domain.login.provider import Provider
from app.domain.login.service import error_page
from app.domain.login.steps import Stage, Step, open_step
from app.domain.login.transitions import continue_login, spend_form
from app.domain.records import kit as records

MAX_PENDING = 3800  # a browser drops what is longer than 4 KB without a word


async def start_external(reception: LoginContext, closed: str, held: str) -> LoginResponse:
    """Redirect a person to the provider for authentication."""
    step = open_step(reception.seal, closed, held, Stage.PASSWORD)
    provider = _provider(reception)
    nonce, verifier = secrets.token_urlsafe(32), secrets.token_urlsafe(48)
    state = secrets.token_urlsafe(32)
    try:
        address = await provider.address(
            returns_to=reception.returns_to, state=state, nonce=nonce, verifier=verifier
        )
    except ProviderDown as fault:
        return show_step(reception, step.next(Stage.PASSWORD), fault)
    away = step.next(Stage.OUTSIDE, nonce=nonce, verifier=verifier)
    held = away.close(reception.seal, state)
    if len(held) > MAX_PENDING:
        return show_step(reception, step.next(Stage.PASSWORD), ProviderRefused())
    return Redirect(address, held)


async def finish_external(
    reception: LoginContext, closed: str, params: Mapping[str, str]
) -> LoginResponse:
    """Take somebody back from the provider: the same browser, once, with a code of its own."""
    step = open_step(reception.seal, closed, params.get("state", ""), Stage.OUTSIDE)
    async with reception.database.write_transaction() as session:
        await spend_form(session, step)
    provider, local = _provider(reception), step.next(Stage.PASSWORD, nonce=None, verifier=None)
    try:
        proved = await _verify_identity(reception, provider, step, params)
    except (ProviderDown, ProviderRefused) as fault:
        return show_step(reception, local, fault)
    return await _proceed(reception, provider, local, proved)


async def _proceed(
    reception: LoginContext, provider: Provider, step: Step, proved: ExternalIdentity
) -> LoginResponse:
    answer: LoginResponse | DomainError = UnknownOutside()
    methods = ("ext", "otp") if proved.many_factors else ("ext",)
    async with reception.database.write_transaction() as session:
        account = await queries.find_linked_account(session, provider.issuer, proved.subject)
        if account and account.disabled_at:
            await record_event(
                session, account, "sign_in.refused", step.asked["client_id"],
                reason="disabled",
            )  # fmt: skip
        elif account:
            known = replace(
                step, account=str(account.id), methods=methods, signed_in_at=int(time.time())
            )
            answer = await continue_login(session, reception, known, account)
            await records.write(session, account)
    return error_page(answer)


async def _verify_identity(
    reception: LoginContext, provider: Provider, step: Step, params: Mapping[str, str]
) -> ExternalIdentity:
    code = params.get("code", "")
    if not code or params.get("iss", provider.issuer) != provider.issuer:
        raise ProviderRefused()
    assert step.nonce, "set when the sign-in left"
    assert step.verifier, "set when the sign-in left"
    return await provider.verify_identity(
        code, returns_to=reception.returns_to, nonce=step.nonce, verifier=step.verifier
    )


def _provider(reception: LoginContext) -> Provider:
    if reception.provider is None:
        raise StartAgain()
    return reception.provider
