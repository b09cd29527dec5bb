"""Steering committees: scope, chair by position, former compositions."""

from datetime import date
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ARRAY, CheckConstraint, Column, Index, Text, text
from sqlmodel import Field

from app.db.base import (
    PLACE,
    NameAndOrder,
    Row,
    UnitScoped,
    Voidable,
    changed_index,
    empty_list,
    name_index,
    place_index,
    search_index,
    text_enum,
    unique_name,
    voided_check,
)


class CommitteeScope(StrEnum):
    """Scope of a committee."""

    CRIME_138 = "crime_138"
    MOVEMENT = "movement"
    MODEL = "model"


class CommitteeState(StrEnum):
    """State of a committee."""

    ESTABLISHED = "established"
    REORGANISED = "reorganised"
    DISSOLVED = "dissolved"


def _positions() -> Column[list[str]]:
    return Column(ARRAY(Text), nullable=False, server_default=text("'{}'"))


class Committee(Row, NameAndOrder, UnitScoped, Voidable, table=True):
    """A steering committee of a unit; its chair is a position, never a person."""

    __tablename__ = "committee"
    __table_args__ = (
        voided_check(),
        CheckConstraint("(scope = 'model') = (model_code IS NOT NULL)", name="of_one_model"),
        CheckConstraint("size >= 1", name="has_members"),
        CheckConstraint("since >= established_on", name="made_up_after_it_begins"),
        CheckConstraint(
            "(state = 'dissolved') = (dissolved_on IS NOT NULL)", name="dissolved_has_date"
        ),
        CheckConstraint("dissolved_on >= since", name="ends_after_it_begins"),
        name_index("committee"),
        changed_index("committee"),
        unique_name("committee", "unit_id scope", where="state <> 'dissolved'"),
        Index("ix_committee_scope_id", "scope", "id"),
        Index("ix_committee_state_id", "state", "id"),
        Index("ix_committee_unit_id_id", "unit_id", "id"),
        search_index("committee"),
        Index("ix_committee_code_id", "code", "id"),
        *(place_index("committee", place, voidable=True) for place in PLACE),
    )

    unit_id: UUID = Field(foreign_key="unit.id")
    scope: CommitteeScope = Field(sa_type=text_enum(CommitteeScope))
    model_code: str | None = Field(default=None, max_length=60)
    code: str | None = Field(default=None, max_length=60)
    name: str = Field(max_length=300)
    chair_position: str = Field(max_length=200)
    member_positions: list[str] = Field(default_factory=empty_list, sa_column=_positions())
    size: int
    decision: str | None = Field(default=None, max_length=200)
    state: CommitteeState = Field(
        default=CommitteeState.ESTABLISHED, sa_type=text_enum(CommitteeState)
    )
    established_on: date
    since: date  # when it was made up as it is
    dissolved_on: date | None = None
    followed_from_id: UUID | None = Field(default=None, foreign_key="unit.id")
    search_key: str | None = None


class FormerCommittee(Row, table=True):
    """A former composition of a committee, before it was reorganised."""

    __tablename__ = "former_committee"
    __table_args__ = (
        CheckConstraint("since <= until", name="ends_after_it_begins"),
        Index("ix_former_committee_committee_id", "committee_id"),
    )

    committee_id: UUID = Field(foreign_key="committee.id", ondelete="CASCADE")
    chair_position: str = Field(max_length=200)
    member_positions: list[str] = Field(default_factory=empty_list, sa_column=_positions())
    size: int
    decision: str | None = Field(default=None, max_length=200)
    since: date
    until: date
