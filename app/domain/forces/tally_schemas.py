"""Schemas of the tally of teams."""

from datetime import date
from uuid import UUID

from pydantic import BaseModel

from app.db.tables.forces import TeamKind


class TallyLine(BaseModel):
    """Number of teams of one kind, and of people in those whose size is known."""

    kind: TeamKind
    teams: int
    people: int
    of_unknown_size: int


class TallyShare(BaseModel):
    """The teams of one commune."""

    unit_id: UUID | None
    code: str | None
    name: str | None
    kinds: list[TallyLine]


class TeamTally(BaseModel):
    """Teams of a unit that were established and not dissolved on a day."""

    unit_id: UUID
    unit_code: str | None
    unit_name: str
    on: date
    boundary: str
    boundary_day: date
    teams: int
    kinds: list[TallyLine]
    by_commune: list[TallyShare]
    unattributed: list[TallyLine]
