"""Offline sync: the stored result of each operation of a device, and conflicts of two writers."""

from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, Column, Index, LargeBinary
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field, SQLModel

from app.db.base import TIME, Row, UnitScoped, place_indexes, text_enum


class ConflictState(StrEnum):
    """State of a conflict of two writers."""

    OPEN = "open"
    RESOLVED = "resolved"


class ConflictChoice(StrEnum):
    """Value by which a conflict is resolved."""

    THEIRS = "theirs"
    MINE = "mine"
    OTHER = "other"


class SyncOperation(SQLModel, table=True):
    """An operation that a device has pushed, by the id that the device made, and its result."""

    __tablename__ = "sync_operation"
    __table_args__ = (Index("ix_sync_operation_received_at", "received_at"),)

    subject: str = Field(primary_key=True)
    id: UUID = Field(primary_key=True)
    digest: bytes = Field(sa_column=Column(LargeBinary, nullable=False))
    received_at: datetime = Field(sa_type=TIME)
    result: dict[str, Any] | None = Field(default=None, sa_type=JSONB)


class SyncConflict(Row, UnitScoped, table=True):
    """A field that a device and somebody else changed to different values; a person decides."""

    __tablename__ = "sync_conflict"
    __table_args__ = place_indexes(
        "sync_conflict",
        Index("ix_sync_conflict_record_id_field", "record_id", "field"),
        CheckConstraint("(state = 'resolved') = (choice IS NOT NULL)", name="resolved_has_choice"),
    )

    unit_id: UUID = Field(foreign_key="unit.id")
    operation_id: UUID
    resource: str = Field(max_length=60)
    record_id: UUID
    field: str = Field(max_length=60)
    value_permission: str = Field(max_length=60)  # to read the values
    change_permission: str = Field(max_length=60)  # to resolve it
    base: dict[str, Any] | None = Field(default=None, sa_type=JSONB)
    mine: dict[str, Any] = Field(sa_type=JSONB)
    theirs: dict[str, Any] | None = Field(default=None, sa_type=JSONB)
    base_version: int
    their_version: int
    client_time: datetime = Field(sa_type=TIME)
    state: ConflictState = Field(default=ConflictState.OPEN, sa_type=text_enum(ConflictState))
    choice: ConflictChoice | None = Field(default=None, sa_type=text_enum(ConflictChoice))
