"""The shape of changes of the map."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, literal_column, or_

from app.db.query.shape import Caller, Row, Shape, columns
from app.db.tables.units import ReorganisationKind, ReorganisationState, UnitReorganisation
from app.domain.actor import ABOVE_VILLAGES, Permission
from app.domain.records.actions import actions
from app.domain.records.shape import (
    NEWEST,
    choices,
    ranges,
    transitions,
)
from app.domain.scope import BY_UNIT, Scope
from app.domain.units.reorganisations.states import LIFE
from app.domain.units.shape import MAP_OF, OWN_UNIT

UNPUBLISHED = (ReorganisationState.DRAFT, ReorganisationState.WITHDRAWN)


def _is_reversible(act: Row, caller: Caller) -> ColumnElement[bool]:
    """Test for changes that are no reversal: those are drafted again instead."""
    return act.kind != ReorganisationKind.REVERSAL  # type: ignore[no-any-return]


def _select_published(level: str) -> Callable[[Row, Any], ColumnElement[bool]]:
    """Drafts, withdrawn too, are for their units and those above; the rest is published."""

    def test(act: Row, unit: Any) -> ColumnElement[bool]:
        published = act.state.not_in([literal_column(f"'{state}'") for state in UNPUBLISHED])
        return or_(published, BY_UNIT[level](act, unit))

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
    | actions(
        LIFE,
        Permission.REORGANISATION_COMMIT,
        levels=ABOVE_VILLAGES,
        scope=BY_UNIT,
        conditions={"": _is_reversible},
    ),
    links={
        "unit": OWN_UNIT,
        "transitions": transitions(),
    },
    filters={
        **choices(UnitReorganisation, "state kind"),
        **ranges(UnitReorganisation, "effective_on"),
    },
)
