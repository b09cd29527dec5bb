"""Shapes of organisations and their identifiers."""

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, func, or_, select

from app.db.aliases import alias_table
from app.db.query.shape import Filter, Order, Params, Row, Shape, Test, columns
from app.db.tables.organisations import Organisation, OrganisationIdentifier
from app.db.vietnamese import like_pattern
from app.domain.actor import Level, Permission
from app.domain.organisations.states import LIFE
from app.domain.records.actions import actions
from app.domain.records.shape import (
    BY_NAME,
    EITHER_END,
    LOGGED,
    choices,
    last_day,
    part,
    ranges,
    transitions,
)
from app.domain.scope import BY_PLACE, Scope
from app.domain.units.shape import MAP_OF, OWN_UNIT, WITHIN


def _visible_from(level: Level) -> Any:
    """One's own, and those of the units above: a hospital of the province hosts models below."""

    def test(organisation: Row, unit: Any) -> ColumnElement[bool]:
        own = BY_PLACE[level](organisation, unit)
        if level is Level.NATIONAL:
            return own
        above = select(func.unit_ancestors(unit, "administrative", func.today()))
        return or_(own, organisation.unit_id.in_(above))

    return test


VISIBLE: Scope = {level: _visible_from(level) for level in Level}


def _active_on(organisation: Row, day: Any, given: Params) -> Test:
    begun = organisation.active_from.is_(None) | (organisation.active_from <= day)
    return begun & (organisation.active_to.is_(None) | (organisation.active_to > day))  # type: ignore[no-any-return]


def _has_identifier(organisation: Row, code: Any, given: Params) -> Test:
    """Test for organisations that have, or once had, this identifier in any system."""
    known: Row = alias_table(OrganisationIdentifier)
    return organisation.id.in_(select(known.organisation_id).where(known.code == code))  # type: ignore[no-any-return]


IDENTIFIER = Shape(
    name="OrganisationIdentifier",
    table=OrganisationIdentifier,
    needs=Permission.ORGANISATION_READ,
    orders={"first": Order(lambda one: [one.valid_from, one.id])},
    fields=columns(OrganisationIdentifier, "id system code valid_from")
    | {"valid_to": last_day("valid_to")},
)

ORGANISATION: Shape = Shape(
    name="Organisation",
    table=Organisation,
    needs=Permission.ORGANISATION_READ,
    scope=VISIBLE,
    terms=MAP_OF,
    id_type=UUID,
    orders=EITHER_END | BY_NAME,
    fields=columns(
        Organisation,
        f"id version kind name state active_from active_to unit_id source {LOGGED}",
    )
    | actions(LIFE, Permission.ORGANISATION_TRANSITION, scope=BY_PLACE),
    links={
        "unit": OWN_UNIT,
        "identifiers": part(IDENTIFIER, "organisation_id", first=10),
        "transitions": transitions(),
    },
    filters={
        **choices(Organisation, "kind state"),
        **ranges(Organisation, "active_from"),
        "active_on": Filter(date, test=_active_on),
        "identifier": Filter(str, test=_has_identifier),
        "unit": WITHIN,
        "search": Filter(
            str, test=lambda one, name, given: one.search_key.like(name), reads=like_pattern
        ),
    },
)
