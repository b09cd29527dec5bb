"""Signing in through the provider outside; who he is here is said by our accounts alone."""

import secrets
import time
from collections.abc import Mapping
from dataclasses import replace

from app.domain.access.signing_in import queries
from app.domain.access.signing_in.claims import Proved
from app.domain.access.signing_in.errors import (
    ProviderDown,
    ProviderRefused,
    StartAgain,
    UnknownOutside,
)
from app.domain.access.signing_in.noting import note
from app.domain.access.signing_in.passing import proceed, show, spend
from app.domain.access.signing_in.provider import Provider
from app.domain.access.signing_in.reception import Answer, Go, Reception
from app.domain.access.signing_in.service import told
from app.domain.access.signing_in.steps import Stage, Step, open_step
from app.domain.errors import DomainError
from app.domain.records import kit as records

MOST_HELD = 3800  # a browser drops what is longer than 4 KB without a word


async def leave(reception: Reception, closed: str, held: str) -> Answer:
    """Send somebody to the provider, to prove there who he is."""
    step = open_step(reception.seal, closed, held, Stage.PASSWORD)
    provider = _provider(reception)
    nonce, verifier = secrets.token_urlsafe(32), secrets.token_urlsafe(48)
    state = secrets.token_urlsafe(32)
    try:
        address = await provider.address(
            returns_to=reception.returns_to, state=state, nonce=nonce, verifier=verifier
        )
    except ProviderDown as fault:
        return show(reception, step.next(Stage.PASSWORD), fault)
    away = step.next(Stage.OUTSIDE, nonce=nonce, verifier=verifier)
    held = away.close(reception.seal, state)
    if len(held) > MOST_HELD:
        return show(reception, step.next(Stage.PASSWORD), ProviderRefused())
    return Go(address, held)


async def come_back(reception: Reception, closed: str, said: Mapping[str, str]) -> Answer:
    """Take somebody back from the provider: the same browser, once, with a code of its own."""
    step = open_step(reception.seal, closed, said.get("state", ""), Stage.OUTSIDE)
    async with reception.database.writing() as session:
        await spend(session, step)
    provider, local = _provider(reception), step.next(Stage.PASSWORD, nonce=None, verifier=None)
    try:
        proved = await _proved(reception, provider, step, said)
    except (ProviderDown, ProviderRefused) as fault:
        return show(reception, local, fault)
    return await _let_in(reception, provider, local, proved)


async def _let_in(reception: Reception, provider: Provider, step: Step, proved: Proved) -> Answer:
    answer: Answer | DomainError = UnknownOutside()
    methods = ("ext", "otp") if proved.many_factors else ("ext",)
    async with reception.database.writing() as session:
        account = await queries.account_outside(session, provider.issuer, proved.subject)
        if account and account.disabled_at:
            await note(
                session, account, "sign_in.refused", step.asked["client_id"],
                reason="disabled",
            )  # fmt: skip
        elif account:
            known = replace(
                step, account=str(account.id), methods=methods, signed_in_at=int(time.time())
            )
            answer = await proceed(session, reception, known, account)
            await records.write(session, account)
    return told(answer)


async def _proved(
    reception: Reception, provider: Provider, step: Step, said: Mapping[str, str]
) -> Proved:
    code = said.get("code", "")
    if not code or said.get("iss", provider.issuer) != provider.issuer:
        raise ProviderRefused()
    assert step.nonce, "made when he left"
    assert step.verifier, "made when he left"
    return await provider.proved(
        code, returns_to=reception.returns_to, nonce=step.nonce, verifier=step.verifier
    )


def _provider(reception: Reception) -> Provider:
    if reception.provider is None:
        raise StartAgain()
    return reception.provider
