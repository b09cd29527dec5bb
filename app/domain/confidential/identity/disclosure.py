"""Opening an identity: each try is written down before anything is decrypted or refused.

The try is a transaction of its own, which has ended by then.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from app.db.base import now
from app.db.session import Database, Session
from app.db.tables.confidential import IdentityRequestRow, SealedPart
from app.db.tables.records import Act, AuditEntry
from app.domain.actor import REQUEST, Actor
from app.domain.auth.sessions import enter_session
from app.domain.confidential.crypto.envelopes import decrypt, row_context
from app.domain.confidential.crypto.keyrings import Keyring
from app.domain.confidential.identity import queries, rules
from app.domain.confidential.identity.errors import SECOND_FACTOR, IdentityNotOpened
from app.domain.confidential.identity.kinds import IdentityKind
from app.domain.confidential.identity.shape import identity_request_scope
from app.domain.confidential.kinds import R
from app.domain.confidential.queries import is_assigned, is_in_scope
from app.domain.errors import DomainError, FieldError
from app.domain.records import kit as records
from app.domain.records.errors import build_not_found
from app.domain.records.names import resource_name
from app.domain.units.shape import today


@dataclass(frozen=True, slots=True)
class Disclosure:
    """A decrypted identity, and how often and until when it can be opened again."""

    content: bytes
    views_left: int
    opens_until: datetime


@dataclass(frozen=True, slots=True)
class _Approval:
    """A request that meets all conditions, with the envelope and the key that opens it."""

    request: IdentityRequestRow
    sealed: SealedPart
    key_name: str
    key: X25519PrivateKey


async def open_identity(
    database: Database, kind: IdentityKind[R], keyring: Keyring, actor: Actor, id: UUID
) -> Disclosure:
    """Open an identity as an approved request allows; each try is written down."""
    async with database.write_transaction() as session:
        await enter_session(session, actor)
        outcome = await _try_to_open(session, kind, keyring, actor, id)
    if isinstance(outcome, DomainError):
        raise outcome
    return _disclose(kind, outcome)


async def _try_to_open(
    session: Session, kind: IdentityKind[R], keyring: Keyring, actor: Actor, id: UUID
) -> _Approval | DomainError:
    request = await records.find(
        session, actor, kind.requests, id, scope=identity_request_scope(kind), lock_map=False
    )
    if request is None:
        await _write_audit(session, kind, actor, id, actor.unit_id, "refused: out_of_reach")
        return build_not_found(kind.requests)
    outcome: _Approval | DomainError
    if failures := await _check_conditions(session, kind, actor, request):
        outcome = _refuse(failures)
        detail = "refused: " + " ".join(fault.code for fault in failures)
    else:
        outcome = await _approve(session, kind, keyring, request)
        detail = f"refused: {outcome.code}" if isinstance(outcome, DomainError) else ""
    if not detail:
        await _count_view(session, kind, actor, request)
        detail = f"opened: view {request.views} of {rules.MAX_VIEWS}"
    await _write_audit(session, kind, actor, id, request.unit_id, detail)
    return outcome


async def _check_conditions(
    session: Session, kind: IdentityKind[R], actor: Actor, request: IdentityRequestRow
) -> list[FieldError]:
    record_id, not_assigned = kind.record.id_of(request), kind.refusals.not_assigned
    in_scope = await is_in_scope(session, kind.record, actor, record_id)
    assigned = in_scope and await is_assigned(session, kind.record, actor, record_id)
    return rules.failed_conditions(request, actor, now(), not_assigned, assigned=assigned)


async def _approve(
    session: Session, kind: IdentityKind[R], keyring: Keyring, request: IdentityRequestRow
) -> _Approval | DomainError:
    """Load the envelope and the key that opens it, which only a server of custodians holds."""
    sealed = await queries.load_identity(session, kind, kind.record.id_of(request))
    if sealed is None:
        return kind.refusals.gone()
    found = keyring.find_private_key(sealed.keys)
    return _Approval(request, sealed, *found) if found else kind.record.no_key()


async def _count_view(
    session: Session, kind: IdentityKind[R], actor: Actor, request: IdentityRequestRow
) -> None:
    request.views += 1
    request.first_opened_on = request.first_opened_on or today()
    await records.store(session, actor, request)
    await queries.announce_opening(session, kind, request, now())


def _refuse(failures: list[FieldError]) -> IdentityNotOpened:
    """Say where only a fresh second factor is missing: the requester can do something about it."""
    failed = [fault.code for fault in failures]
    members = {"second_factor_needed": True} if failures == [SECOND_FACTOR] else {}
    return IdentityNotOpened(*failures, failed=failed, **members)


async def _write_audit(
    session: Session, kind: IdentityKind[R], actor: Actor, id: UUID, unit_id: UUID, detail: str
) -> None:
    """Write the one audit entry of a try; the identity itself is never in it."""
    await records.write(
        session,
        AuditEntry(
            recorded_at=now(), act=Act.READ, operation=kind.permissions.open.value,
            resource=resource_name(kind.requests), resource_id=id, detail=detail,
            subject=actor.subject, client=actor.client, session_id=actor.session,
            roles=sorted(actor.roles), actor_unit_id=actor.unit_id, unit_id=unit_id,
            request_id=REQUEST.get(),
            purpose=actor.purposes[0] if len(actor.purposes) == 1 else None,
        ),
    )  # fmt: skip


def _disclose(kind: IdentityKind[R], approval: _Approval) -> Disclosure:
    request, sealed = approval.request, approval.sealed
    context = row_context(str(kind.identities.__tablename__), kind.record.id_of(sealed))
    content = decrypt(sealed.sealed, sealed.keys, approval.key_name, approval.key, context)
    assert request.opens_until is not None, "an approval sets it"
    return Disclosure(content, rules.MAX_VIEWS - request.views, request.opens_until)
