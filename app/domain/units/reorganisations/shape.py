"""What can be read of a change of the map."""

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ARRAY, Text, case, cast
from sqlalchemy.dialects.postgresql import array

from app.db.shape import CHOICE, RANGE, Field, Filter, Link, Order, Row, Shape, columns
from app.db.tables.units import ReorganisationKind, ReorganisationState, UnitReorganisation
from app.domain.actor import Permission
from app.domain.scope import EVERYBODY
from app.domain.units.reorganisations.states import STEPS
from app.domain.units.shape import MAP_OF, UNIT


def _allowed(act: Row) -> Any:
    """What may be done next."""
    by_state = [
        ((act.state == state) & (act.kind == kind), cast(array(steps), ARRAY(Text)))
        for (state, kind), steps in STEPS.items()
    ]
    return case(*by_state, else_=cast(array([]), ARRAY(Text)))


REORGANISATION = Shape(
    name="UnitReorganisation",
    table=UnitReorganisation,
    needs=Permission.REORGANISATION_READ,
    scope=EVERYBODY,
    terms=MAP_OF,
    id_type=UUID,
    orders={"newest": Order(lambda act: [act.id], descending=True)},
    fields=columns(
        UnitReorganisation,
        "id version kind state title decision effective_on committed_at reverses_id "
        "created_at created_by",
    )
    | {"allowed_actions": Field(_allowed, list[str])},
    links={
        "unit": Link(
            lambda: UNIT,
            lambda act, unit, given: unit.id == act.unit_id,
            follows_parent=True,
        )
    },
    filters={
        "state": Filter(ReorganisationState, lambda act: act.state, CHOICE),
        "kind": Filter(ReorganisationKind, lambda act: act.kind, CHOICE),
        "effective_on": Filter(date, lambda act: act.effective_on, RANGE),
    },
)
