"""The shape of changes of the map."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, case, or_

from app.db.query.shape import Row, Shape, Sql, columns
from app.db.tables.units import ReorganisationKind, ReorganisationState, UnitReorganisation
from app.domain.actor import Permission
from app.domain.records.shape import (
    NEWEST,
    allowed_actions,
    choices,
    ranges,
    select_actions,
    transitions,
)
from app.domain.records.state_machine import StateMachine
from app.domain.scope import BY_UNIT, Scope
from app.domain.units.reorganisations.states import LIFE, life_of
from app.domain.units.shape import MAP_OF, OWN_UNIT


def _allowed_actions(act: Row) -> Any:
    """Return the actions allowed next."""
    by_kind = [(act.kind == kind, _by_state(life_of(kind))(act)) for kind in ReorganisationKind]
    return case(*by_kind)


def _by_state(life: StateMachine[ReorganisationState]) -> Sql:
    return allowed_actions(life, ReorganisationState).sql


def _select_published(level: str) -> Callable[[Row, Any], ColumnElement[bool]]:
    """A draft is for the units it is drafted for and those above; the rest is published."""

    def test(act: Row, unit: Any) -> ColumnElement[bool]:
        return or_(act.state != ReorganisationState.DRAFT, BY_UNIT[level](act, unit))

    return test


PUBLISHED: Scope = {level: _select_published(level) for level in BY_UNIT}

REORGANISATION = Shape(
    name="UnitReorganisation",
    table=UnitReorganisation,
    needs=Permission.REORGANISATION_READ,
    scope=PUBLISHED,
    terms=MAP_OF,
    id_type=UUID,
    orders=NEWEST,
    fields=columns(
        UnitReorganisation,
        "id version kind state title decision effective_on committed_at reverses_id "
        "created_at created_by",
    )
    | {"allowed_actions": select_actions(LIFE, _allowed_actions)},
    links={
        "unit": OWN_UNIT,
        "transitions": transitions(),
    },
    filters={
        **choices(UnitReorganisation, "state kind"),
        **ranges(UnitReorganisation, "effective_on"),
    },
)
