"""Quantities of records: each value holds from a day, and none is ever overwritten."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Index, text
from sqlmodel import Field

from app.db.base import TIME
from app.db.tables.records import Entry


class Quantity(Entry, table=True):
    """A value of a quantity of a record from a day on, until the next; flags are 0 and 1."""

    __tablename__ = "quantity"
    __table_args__ = (
        Index(
            "uq_quantity_resource_id_field_valid_from", "resource_id", "field", "valid_from",
            unique=True, postgresql_where=text("superseded_at IS NULL"),
            postgresql_include=["value"],
        ),
        Index("ix_quantity_resource_id_id", "resource_id", "id"),
        Index(
            "ix_quantity_field_valid_from", "field", "valid_from", "resource_id",
            postgresql_where=text("superseded_at IS NULL AND valid_from > '-infinity'"),
        ),
    )  # fmt: skip

    resource: str = Field(max_length=60)
    resource_id: UUID
    field: str = Field(max_length=60)
    valid_from: date  # -infinity: since the record began
    value: int | None = None  # null: unknown from that day on
    recorded_by: str
    superseded_at: datetime | None = Field(default=None, sa_type=TIME)
