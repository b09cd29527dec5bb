"""Consent of a signed-in person: the last page before an application gets its code."""

from collections.abc import Sequence
from datetime import UTC, datetime
from urllib.parse import urlsplit
from uuid import UUID

from app.db.session import Session
from app.db.tables.auth import Account, Client, Grant
from app.domain.actor import GUARDED
from app.domain.errors import DomainError
from app.domain.login import queries
from app.domain.login.context import LoginContext, LoginResponse, Redirect
from app.domain.login.errors import ClientNotForYou, NothingToHand, StartAgain
from app.domain.login.events import record_event
from app.domain.login.pages import show_step
from app.domain.login.steps import Stage, Step
from app.domain.login.tries import seal_device
from app.domain.oauth import authorization, consent
from app.domain.oauth.errors import RedirectedError


async def list_served(
    session: Session, reception: LoginContext, step: Step, grants: Sequence[Grant]
) -> list[Grant]:
    """Keep the grants for units whose people the application works for."""
    client = await _find_client(session, reception, step)
    units = await consent.served_units(session, client, {grant.unit_id for grant in grants})
    return [grant for grant in grants if grant.unit_id in units]


async def refuse_client(session: Session, reception: LoginContext, step: Step) -> ClientNotForYou:
    """Return the refusal of an application that works for the people of other units."""
    client = await _find_client(session, reception, step)
    return ClientNotForYou(application=client.name)


async def ask_consent(
    session: Session, reception: LoginContext, step: Step, account: Account, unit_id: UUID
) -> LoginResponse | DomainError:
    """Show what the application is, where it leads and what it will be allowed."""
    asked = await authorization.parse_authorization_request(session, reception.settings, step.asked)
    offer = await _make_offer(session, asked, account, unit_id)
    if not offer.permissions:
        return NothingToHand(application=offer.application)
    names = await queries.list_unit_names(session, [unit_id])
    return show_step(
        reception,
        step.next(Stage.CONSENT, secret=None, unit=str(unit_id), scope=offer.scope),
        application=offer.application, registered_by=offer.registered_by,
        host=describe_target(asked.redirect_uri), unit=names[0][1] if names else "",
        guarded=sorted(offer.permissions & GUARDED),
        ordinary=sorted(offer.permissions - GUARDED),
    )  # fmt: skip


async def take_consent(
    session: Session, reception: LoginContext, step: Step, account: Account, decision: str
) -> LoginResponse | DomainError:
    """Send the person back to the application: with a code, or with their refusal."""
    asked = await authorization.parse_authorization_request(session, reception.settings, step.asked)
    name = step.asked["client_id"]
    if decision != "allow":
        await record_event(session, account, "consent.refused", name)
        refusal = RedirectedError("access_denied", asked.redirect_uri, asked.state)
        return Redirect(authorization.error_redirect(refusal, reception.settings.issuer))
    if not step.unit or not step.scope:
        raise StartAgain()
    unit_id = UUID(step.unit)
    offer = await _make_offer(session, asked, account, unit_id)
    if offer.scope != step.scope:  # rights or limits have changed since the page was shown
        raise StartAgain()
    await record_event(session, account, "sign_in", name)
    return Redirect(
        await authorization.issue_code(
            session, reception.settings, asked, account_id=account.id, unit_id=unit_id,
            methods=step.methods, scope=offer.scope,
            signed_in_at=datetime.fromtimestamp(step.signed_in_at or 0, UTC),
        ),
        device=seal_device(reception.seal, account.id),
    )  # fmt: skip


def describe_target(redirect_uri: str) -> str:
    """Return where a browser is sent: the host, or the scheme of an app on the device."""
    parts = urlsplit(redirect_uri)
    return parts.hostname or parts.scheme


async def _make_offer(
    session: Session, request: authorization.AuthorizationRequest, account: Account, unit_id: UUID
) -> consent.Offer:
    grants = [one for one in await queries.list_grants(session, account.id)
              if one.unit_id == unit_id]  # fmt: skip
    if not grants or not await consent.served_units(session, request.client, [unit_id]):
        raise StartAgain()
    return await consent.make_offer(session, request.client, grants, request.scope)


async def _find_client(session: Session, reception: LoginContext, step: Step) -> Client:
    asked = await authorization.parse_authorization_request(session, reception.settings, step.asked)
    return asked.client
