"""Shapes of steering committees."""

from uuid import UUID

from app.db.query.shape import Filter, Order, Shape, columns
from app.db.tables.committees import Committee, FormerCommittee
from app.db.vietnamese import like_pattern
from app.domain.actor import Permission
from app.domain.forces import states
from app.domain.forces.committee_queries import stands_today
from app.domain.records.actions import actions
from app.domain.records.shape import (
    BY_NAME,
    EITHER_END,
    LOGGED,
    choices,
    parent,
    part,
    transitions,
)
from app.domain.scope import BY_PLACE
from app.domain.units.shape import MAP_OF, OWN_UNIT, UNIT, WITHIN

FORMER = Shape(
    name="FormerCommittee",
    table=FormerCommittee,
    needs=Permission.COMMITTEE_READ,
    orders={"first": Order(lambda former: [former.since, former.id])},
    fields=columns(FormerCommittee, "chair_position member_positions size decision since until"),
)

COMMITTEE: Shape = Shape(
    name="Committee",
    table=Committee,
    needs=Permission.COMMITTEE_READ,
    scope=BY_PLACE,
    terms=MAP_OF,
    id_type=UUID,
    orders=EITHER_END | BY_NAME,
    fields=columns(
        Committee,
        "id version unit_id scope model_code code name chair_position member_positions size "
        f"decision state established_on since dissolved_on followed_from_id {LOGGED}",
    )
    | actions(
        states.COMMITTEE_LIFE,
        Permission.COMMITTEE_TRANSITION,
        conditions={"follow": lambda committee, caller: ~stands_today(committee.unit_id)},
    ),
    links={
        "unit": OWN_UNIT,
        "followed_from": parent(UNIT, "followed_from_id"),
        "former": part(FORMER, "committee_id"),
        "transitions": transitions(),
    },
    filters={
        **choices(Committee, "scope state code model_code"),
        "unit": WITHIN,
        "search": Filter(
            str, test=lambda one, name, given: one.search_key.like(name), reads=like_pattern
        ),
    },
)
