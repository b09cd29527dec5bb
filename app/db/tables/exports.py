"""Exports: a list that somebody wants as a file, and what became of it."""

from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import ARRAY, BigInteger, Index, Text
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field

from app.db.base import TIME, Row, UnitScoped, place_indexes, text_enum


class ExportFormat(StrEnum):
    """Format of an exported file."""

    CSV = "csv"
    XLSX = "xlsx"
    NDJSON = "ndjson"


class ExportState(StrEnum):
    """State of an export."""

    WAITING = "waiting"
    READY = "ready"
    FAILED = "failed"
    EXPIRED = "expired"


class Export(Row, UnitScoped, table=True):
    """A list as a file: what is in it, for whom, and how many rows they got."""

    __tablename__ = "export"
    __table_args__ = place_indexes(
        "export",
        Index("ix_export_state_expires_at", "state", "expires_at"),
        Index("ix_export_created_by_id", "created_by", "id"),
    )

    unit_id: UUID = Field(foreign_key="unit.id")
    resource: str = Field(max_length=60)
    format: ExportFormat = Field(sa_type=text_enum(ExportFormat))
    filters: list[str] = Field(default_factory=list, sa_type=ARRAY(Text))
    fields: list[str] = Field(default_factory=list, sa_type=ARRAY(Text))
    order: str = Field(max_length=40)
    labels: bool = False
    state: ExportState = Field(default=ExportState.WAITING, sa_type=text_enum(ExportState))
    row_count: int | None = None
    size: int | None = Field(default=None, sa_type=BigInteger)
    sha256: str | None = Field(default=None, max_length=64)
    failure: str | None = Field(default=None, max_length=60)
    expires_at: datetime = Field(sa_type=TIME)
    acting: dict[str, Any] = Field(default_factory=dict, sa_type=JSONB)  # who its job acts as
