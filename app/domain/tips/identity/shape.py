"""What can be read of requests to know an informant: who asked, why, who allowed it; never whom."""

from uuid import UUID

from app.db.query.shape import CHOICE, Filter, Link, Order, Shape, columns
from app.db.tables.tip_parts import IdentityRequest, IdentityRequestState
from app.domain.actor import Permission
from app.domain.records.shape import allowed_actions, transitions
from app.domain.scope import BY_PLACE
from app.domain.tips.identity.rules import LIFE
from app.domain.units.shape import MAP_OF, UNIT

IDENTITY_REQUEST = Shape(
    name="IdentityRequest",
    table=IdentityRequest,
    needs=Permission.IDENTITY_READ,
    sensitive=True,
    scope=BY_PLACE,
    terms=MAP_OF,
    id_type=UUID,
    orders={"newest": Order(lambda request: [request.id], descending=True)},
    fields=columns(
        IdentityRequest,
        "id version tip_id unit_id requested_by requester_unit_id reason state decided_by "
        "decider_unit_id decided_at decision opens_until views first_opened_on created_at "
        "changed_at",
    )
    | {"allowed_actions": allowed_actions(LIFE, IdentityRequestState)},
    links={
        "unit": Link(
            lambda: UNIT,
            lambda request, unit, given: unit.id == request.unit_id,
            follows_parent=True,
        ),
        "transitions": transitions(),
    },
    filters={
        "tip_id": Filter(UUID, lambda request: request.tip_id),
        "state": Filter(IdentityRequestState, lambda request: request.state, CHOICE),
    },
)
