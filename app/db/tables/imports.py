"""Imports of files: what each file was read as, and the outcome of each of its rows."""

from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import Index
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field, SQLModel

from app.db.base import TIME, Row, UnitScoped, place_indexes, text_enum


class ImportState(StrEnum):
    """State of an import."""

    READING = "reading"
    CHECKING = "checking"
    PREVIEWED = "previewed"
    COMMITTING = "committing"
    COMMITTED = "committed"
    VOIDING = "voiding"
    VOIDED = "voided"
    FAILED = "failed"


class ImportRowState(StrEnum):
    """State of a row of an import."""

    WAITING = "waiting"
    READY = "ready"
    REFUSED = "refused"
    CREATED = "created"
    VOIDED = "voided"


class DataImport(Row, UnitScoped, table=True):
    """A file whose rows become records of one resource."""

    __tablename__ = "data_import"
    __table_args__ = place_indexes("data_import", Index("ix_data_import_expires_at", "expires_at"))

    unit_id: UUID = Field(foreign_key="unit.id")
    resource: str = Field(max_length=60)
    create_permission: str = Field(max_length=60)
    void_permission: str = Field(max_length=60)
    media_type: str = Field(max_length=120)
    sha256: str = Field(max_length=64)
    state: ImportState = Field(default=ImportState.CHECKING, sa_type=text_enum(ImportState))
    row_count: int = 0
    read_count: int = 0
    done_count: int = 0
    created_count: int = 0
    refused_count: int = 0
    voided_count: int = 0
    plan_hash: str | None = Field(default=None, max_length=64)
    skip_faults: bool = False
    failure: str | None = Field(default=None, max_length=60)
    message_vi: str | None = None
    message_en: str | None = None
    expires_at: datetime = Field(sa_type=TIME)
    acting: dict[str, Any] = Field(default_factory=dict, sa_type=JSONB)  # who its job acts as


class DataImportFile(SQLModel, table=True):
    """The file of an import that a job has still to read, with the titles that its columns have."""

    __tablename__ = "data_import_file"

    import_id: UUID = Field(primary_key=True, foreign_key="data_import.id")
    content: bytes | None = None
    titles: list[Any] = Field(default_factory=list, sa_type=JSONB)


class DataImportRow(SQLModel, table=True):
    """A row of a file: its place as the sheet counts it, and its outcome with the first fault."""

    __tablename__ = "data_import_row"
    __table_args__ = (
        Index("uq_data_import_row_import_id_number", "import_id", "number", unique=True),
        Index("ix_data_import_row_import_id_state_number", "import_id", "state", "number"),
    )

    id: UUID = Field(primary_key=True)
    import_id: UUID = Field(foreign_key="data_import.id")
    number: int
    sheet: str | None = Field(default=None, max_length=200)
    row_number: int
    state: ImportRowState = Field(default=ImportRowState.WAITING, sa_type=text_enum(ImportRowState))
    record_id: UUID | None = None
    cells: dict[str, Any] | None = Field(default=None, sa_type=JSONB)
    columns: dict[str, Any] | None = Field(default=None, sa_type=JSONB)
    faults: list[Any] | None = Field(default=None, sa_type=JSONB)
    field: str | None = None
    cell_column: str | None = None
    cell_value: str | None = None
    code: str | None = None
    message_vi: str | None = None
    message_en: str | None = None
