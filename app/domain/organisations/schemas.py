"""Schemas of organisations and their identifiers."""

from datetime import date
from typing import Annotated

from pydantic import Field

from app.db.tables.organisations import IdentifierSystem, OrganisationKind
from app.domain.records.schemas import ChangeInput, StrictInput, TransitionInput
from app.domain.records.types import DAY, LINE, Line, UnitName, unset

Day = Annotated[date, Field(ge=date(1900, 1, 1)), DAY]
IdentifierCode = Annotated[str, Field(min_length=1, max_length=40), LINE]


class OrganisationCreate(StrictInput):
    """A new organisation of a unit; no person and no contact belongs to it."""

    unit: UnitName
    unit_on: Day | None = None
    kind: OrganisationKind
    name: Line
    active_from: Day | None = None
    source: Line | None = None


class OrganisationChange(ChangeInput):
    """Change an organisation; omitted fields stay as they are."""

    kind: OrganisationKind = unset()
    name: Line = unset()
    active_from: Day | None = unset()
    source: Line | None = unset()


class OrganisationTransition(TransitionInput):
    """A transition of an organisation: close or reopen it."""


class IdentifierAdd(StrictInput):
    """An identifier of an organisation, from a day on."""

    system: IdentifierSystem
    code: IdentifierCode
    valid_from: Day
    valid_to: Day | None = None


class IdentifierEnd(StrictInput):
    """The end of an identifier."""

    valid_to: Day
