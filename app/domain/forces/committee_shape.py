"""What can be read of steering committees."""

from uuid import UUID

from app.db.shape import CHOICE, Filter, Order, Shape, columns
from app.db.tables.committees import Committee, CommitteeScope, CommitteeState, FormerCommittee
from app.domain.actor import Permission
from app.domain.forces import states
from app.domain.forces.shape import ACCOUNTED, NEWEST, OWN_UNIT, WITHIN, part
from app.domain.records.shape import allowed_actions, transitions
from app.domain.scope import BY_PLACE
from app.domain.units.shape import MAP_OF

FORMER = Shape(
    name="FormerCommittee",
    table=FormerCommittee,
    needs=Permission.COMMITTEE_READ,
    orders={"first": Order(lambda former: [former.since, former.id])},
    fields=columns(FormerCommittee, "chair_position size decision since until"),
)

COMMITTEE: Shape = Shape(
    name="Committee",
    table=Committee,
    needs=Permission.COMMITTEE_READ,
    scope=BY_PLACE,
    terms=MAP_OF,
    id_type=UUID,
    orders=NEWEST,
    fields=columns(
        Committee,
        "id version unit_id scope model_code code name chair_position size decision state "
        f"established_on since dissolved_on {ACCOUNTED}",
    )
    | {"allowed_actions": allowed_actions(states.COMMITTEE_LIFE, CommitteeState)},
    links={
        "unit": OWN_UNIT,
        "former": part(FORMER, "committee_id"),
        "transitions": transitions(),
    },
    filters={
        "scope": Filter(CommitteeScope, lambda committee: committee.scope, CHOICE),
        "state": Filter(CommitteeState, lambda committee: committee.state, CHOICE),
        "code": Filter(str, lambda committee: committee.code, CHOICE),
        "model_code": Filter(str, lambda committee: committee.model_code, CHOICE),
        "unit": WITHIN,
    },
)
