"""Dated places: where each unit lay at each time."""

from datetime import date
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, text
from sqlalchemy.dialects.postgresql import REGCLASS, ExcludeConstraint
from sqlmodel import Field, SQLModel

from app.db.base import INFINITY, PLACE

SHOWN = ["valid_from", "valid_to", "unit_id", "commune_id", "village_id"]  # what counts ask for


class UnitPlace(SQLModel, table=True):
    """The place of a unit for a period; the periods of a unit leave out no day.

    Derived from the map by `place_units`. A unit that has ended lies where its successors do, one
    not yet begun where its predecessors did.
    """

    __tablename__ = "unit_place"
    __table_args__ = (
        CheckConstraint("valid_from < valid_to", name="lasts_a_day"),
        ExcludeConstraint(
            ("unit_id", "="),
            (text("daterange(valid_from, valid_to)"), "&&"),
            name="one_place_a_day",
            using="gist",
        ),
        *(Index(f"ix_unit_place_{place}", place, postgresql_include=SHOWN) for place in PLACE),
    )

    unit_id: UUID = Field(foreign_key="unit.id", primary_key=True)
    valid_from: date = Field(primary_key=True)
    valid_to: date = Field(default=INFINITY)
    province_id: UUID | None = None
    district_id: UUID | None = None
    commune_id: UUID | None = None
    village_id: UUID | None = None


class PlaceLater(SQLModel, table=True):
    """A row that was entered while the map was being changed around it; it is placed afterwards."""

    __tablename__ = "place_later"

    of_table: str = Field(primary_key=True, sa_type=REGCLASS)
    row_id: UUID = Field(primary_key=True)
