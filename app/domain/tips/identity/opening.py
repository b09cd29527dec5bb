"""To open an identity: it is written down first, whatever comes of it, and only then told.

The try is a transaction of its own, which is over before anything is unsealed or refused.
"""

import json
from dataclasses import dataclass
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from app.db.base import now
from app.db.session import Session
from app.db.tables.records import Act, AuditEntry
from app.db.tables.tip_parts import IdentityRequest, TipIdentity
from app.domain.actor import REQUEST, Actor, Permission, operation
from app.domain.auth.sessions import enter_session
from app.domain.errors import DomainError, FieldError
from app.domain.records import service as records
from app.domain.tips import reach
from app.domain.tips.errors import SealedHere
from app.domain.tips.identity import queries, rules
from app.domain.tips.identity.errors import (
    SECOND_FACTOR,
    IdentityGone,
    IdentityNotOpened,
    IdentityRequestNotFound,
)
from app.domain.tips.identity.schemas import OpenedIdentity
from app.domain.tips.office import Office
from app.domain.tips.protecting.sealing import opened, place_of
from app.domain.units.shape import today

TOLD = ("name", "phone", "email", "address", "note")


@dataclass(frozen=True, slots=True)
class Granted:
    """What may be unsealed now, and with which key."""

    request: IdentityRequest
    sealed: TipIdentity
    key_name: str
    key: X25519PrivateKey


@operation(Permission.IDENTITY_OPEN)
async def open_identity(office: Office, actor: Actor, id: UUID) -> OpenedIdentity:
    """Open the identity of an informant, as an approved request allows; each try is written down.

    The answer is told once and kept nowhere.
    """
    async with office.database.write_transaction() as session:
        await enter_session(session, actor)
        outcome = await _tried(office, session, actor, id)
    if isinstance(outcome, DomainError):
        raise outcome
    return _unsealed(outcome)


async def _tried(office: Office, session: Session, actor: Actor, id: UUID) -> Granted | DomainError:
    request = await queries.one(session, actor, id)
    if request is None:
        _note(session, actor, id, actor.unit_id, "refused: out_of_reach")
        return IdentityRequestNotFound()
    held = await reach.is_held(session, actor, request.tip_id)
    assigned = held and await reach.is_assigned(session, actor, request.tip_id)
    outcome: Granted | DomainError
    if lacking := rules.lacking(request, actor, now(), assigned=assigned):
        outcome = _refusal(lacking)
        detail = "refused: " + " ".join(fault.code for fault in lacking)
    else:
        outcome = await _granted(office, session, request)
        detail = f"refused: {outcome.code}" if isinstance(outcome, DomainError) else ""
    if not detail:
        await _count(session, actor, request)
        detail = f"opened: view {request.views} of {rules.MOST_VIEWS}"
    _note(session, actor, id, request.unit_id, detail)
    return outcome


async def _granted(
    office: Office, session: Session, request: IdentityRequest
) -> Granted | DomainError:
    """What is sealed, and the key for it, which only a server of custodians holds."""
    sealed = await queries.sealed(session, request.tip_id)
    if sealed is None:
        return IdentityGone()
    opener = office.keys.custodian.opener(sealed.keys)
    return Granted(request, sealed, *opener) if opener else SealedHere()


async def _count(session: Session, actor: Actor, request: IdentityRequest) -> None:
    request.views += 1
    request.first_opened_on = request.first_opened_on or today()
    records.apply_changes(request, actor)
    await session.flush()
    await queries.tell(session, request, now())


def _refusal(lacking: list[FieldError]) -> IdentityNotOpened:
    """Where nothing lacks but a fresh second factor, whoever asks can do something about it."""
    failed = [fault.code for fault in lacking]
    members = {"second_factor_needed": True} if lacking == [SECOND_FACTOR] else {}
    return IdentityNotOpened(*lacking, failed=failed, **members)


def _note(session: Session, actor: Actor, id: UUID, unit_id: UUID, detail: str) -> None:
    """The one line of the audit that each try leaves; what was sealed is never in it."""
    session.add(
        AuditEntry(
            recorded_at=now(), act=Act.READ, operation=Permission.IDENTITY_OPEN.value,
            resource="identity_request", resource_id=id, detail=detail, subject=actor.subject,
            client=actor.client, session_id=actor.session, roles=sorted(actor.roles),
            actor_unit_id=actor.unit_id, unit_id=unit_id, request_id=REQUEST.get(),
            purpose=actor.purposes[0] if len(actor.purposes) == 1 else None,
        )
    )  # fmt: skip


def _unsealed(granted: Granted) -> OpenedIdentity:
    request, sealed = granted.request, granted.sealed
    place = place_of("tip_identity", sealed.tip_id)
    content = opened(sealed.sealed, sealed.keys, granted.key_name, granted.key, place)
    left = json.loads(content)
    assert request.opens_until is not None
    return OpenedIdentity(
        **{name: left.get(name) for name in TOLD},
        views_left=rules.MOST_VIEWS - request.views,
        opens_until=request.opens_until,
    )
