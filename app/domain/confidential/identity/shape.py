"""Shape of identity requests: persons, reason, decision; never the identity."""

from typing import Any
from uuid import UUID

from sqlalchemy import and_, or_, select

from app.db.aliases import alias_table
from app.db.base import PLACE
from app.db.query.shape import Caller, Filter, Row, Shape, Test, columns
from app.db.tables.units import Unit, UnitLevel
from app.domain.confidential.identity.kinds import IdentityKind
from app.domain.confidential.identity.rules import LIFE
from app.domain.confidential.kinds import R
from app.domain.confidential.scope import narrow_scope
from app.domain.records.actions import Condition, actions
from app.domain.records.shape import NEWEST, choices, transitions
from app.domain.scope import BY_PLACE, Scope
from app.domain.units.shape import MAP_OF, OWN_UNIT


def identity_request_scope(kind: IdentityKind[R]) -> Scope:
    """Build the scope of requests: those in the actor's place, on records open to them."""
    return narrow_scope(BY_PLACE, kind.record.is_open)


def _conditions(kind: IdentityKind[R]) -> dict[str, Condition]:
    """Return who takes which step: requesters withdraw, a second person of another unit decides."""
    permissions = kind.permissions

    def is_own(request: Row, caller: Caller) -> Test:
        return and_(caller.may(permissions.request), request.requested_by == caller.subject)

    def is_second_person(request: Row, caller: Caller) -> Test:
        return and_(
            caller.may(permissions.decide),
            request.requested_by != caller.subject,
            request.requester_unit_id != caller.unit,
            ~_lies_below(caller, request.requester_unit_id),
        )

    return {"withdraw": is_own, "approve": is_second_person, "decline": is_second_person}


def _lies_below(caller: Caller, other: Any) -> Test:
    """Test whether the unit of the caller lies in another on today's map."""
    own: Row = alias_table(Unit)
    above: Row = alias_table(Unit)
    places = [getattr(own, place) == above.id for place in PLACE]
    found = select(above.id).where(
        own.id == caller.unit, above.id == other, own.id != above.id,
        or_(above.level == UnitLevel.NATIONAL, *places),
    )  # fmt: skip
    return found.correlate_except(own, above).exists()


def identity_request_shape(kind: IdentityKind[R], name: str) -> Shape:
    """Build the shape of the requests for identities in one kind of record."""
    reference = kind.record.reference
    return Shape(
        name=name,
        table=kind.requests,
        needs=kind.permissions.read,
        sensitive=True,
        scope=identity_request_scope(kind),
        terms=MAP_OF,
        id_type=UUID,
        orders=NEWEST,
        fields=columns(
            kind.requests,
            f"id version {reference} unit_id requested_by requester_unit_id reason state "
            "decided_by decider_unit_id decided_at decision opens_until views first_opened_on "
            "created_at changed_at",
        )
        | actions(LIFE, kind.permissions.read, conditions=_conditions(kind)),
        links={
            "unit": OWN_UNIT,
            "transitions": transitions(),
        },
        filters={
            reference: Filter(UUID, lambda request: getattr(request, reference)),
            **choices(kind.requests, "state"),
        },
    )
