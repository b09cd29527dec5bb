"""Shape of identity requests: persons, reason, decision; never the identity."""

from uuid import UUID

from app.db.query.shape import Filter, Shape, columns
from app.db.tables.confidential import IdentityRequestState
from app.domain.confidential.identity.kinds import IdentityKind
from app.domain.confidential.identity.rules import LIFE
from app.domain.confidential.kinds import R
from app.domain.confidential.scope import narrow_scope
from app.domain.records.shape import NEWEST, allowed_actions, choices, transitions
from app.domain.scope import BY_PLACE, Scope
from app.domain.units.shape import MAP_OF, OWN_UNIT


def identity_request_scope(kind: IdentityKind[R]) -> Scope:
    """Build the scope of requests: those in the actor's place, on records open to them."""
    return narrow_scope(BY_PLACE, kind.record.is_open)


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
        | {"allowed_actions": allowed_actions(LIFE, IdentityRequestState)},
        links={
            "unit": OWN_UNIT,
            "transitions": transitions(),
        },
        filters={
            reference: Filter(UUID, lambda request: getattr(request, reference)),
            **choices(kind.requests, "state"),
        },
    )
