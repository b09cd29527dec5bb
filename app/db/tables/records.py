"""The trace of every change: transition, audit entry, outbox row, stored response."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import ARRAY, BigInteger, Column, Index, LargeBinary, Text, Uuid, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field, SQLModel

from app.db.base import TIME, UnitScoped, empty_list, now, text_enum, uuid7

AT: Any = {"server_default": text("now()")}


class Act(StrEnum):
    """Kind of act that an audit entry records."""

    CREATE = "create"
    CHANGE = "change"
    TRANSITION = "transition"
    READ = "read"
    SECURITY = "security"


class Entry(SQLModel):
    """A log row: written once, never changed."""

    id: UUID = Field(default_factory=uuid7, primary_key=True)
    recorded_at: datetime = Field(default_factory=now, sa_type=TIME, sa_column_kwargs=AT)


class Transition(Entry, table=True):
    """A transition of a record between two states: when it took effect, when it was recorded."""

    __tablename__ = "transition"
    __table_args__ = (
        Index("ix_transition_resource_id_id", "resource_id", "id"),
        Index(
            "ix_transition_document_id", "document_id",
            postgresql_where=text("document_id IS NOT NULL"),
        ),
    )  # fmt: skip

    resource: str = Field(max_length=60)
    resource_id: UUID
    action: str = Field(max_length=40)
    from_state: str = Field(max_length=40)
    to_state: str = Field(max_length=40)
    effective_on: date
    reason: str | None = None
    document_id: UUID | None = None
    recorded_by: str
    client: str = Field(max_length=100)


class DocumentRole(StrEnum):
    """Role of a document in a step of a record."""

    PLAN = "plan"
    LAUNCH_DECISION = "launch_decision"
    PLEDGE = "pledge"
    APPROVAL = "approval"


class TransitionDocument(Entry, table=True):
    """A document on which a step rests, beside the one that orders it, and its role."""

    __tablename__ = "transition_document"
    __table_args__ = (
        Index("ix_transition_document_transition_id_id", "transition_id", "id"),
        Index("ix_transition_document_document_id", "document_id"),
    )

    transition_id: UUID = Field(foreign_key="transition.id")
    document_id: UUID
    role: DocumentRole = Field(sa_type=text_enum(DocumentRole))


class AuditEntry(Entry, UnitScoped, table=True):
    """An act or a read: by whom, of what, for which unit; values are never repeated here."""

    __tablename__ = "audit_entry"
    __table_args__ = (
        Index("ix_audit_entry_resource_id_id", "resource_id", "id"),
        Index("ix_audit_entry_subject_id", "subject", "id"),
        Index("ix_audit_entry_unit_id_id", "unit_id", "id"),
        Index("ix_audit_entry_resource_and_id", "resource", "id"),
        Index("ix_audit_entry_recorded_at", "recorded_at", postgresql_using="brin"),
        Index("ix_audit_entry_province_id_id", "province_id", "id"),
        Index("ix_audit_entry_district_id_id", "district_id", "id"),
        Index("ix_audit_entry_commune_id_id", "commune_id", "id"),
        Index("ix_audit_entry_village_id_id", "village_id", "id"),
    )

    act: Act = Field(sa_type=text_enum(Act))
    operation: str = Field(max_length=80)
    resource: str = Field(max_length=60)
    resource_id: UUID | None = None
    version: int | None = None
    fields: list[str] = Field(default_factory=empty_list, sa_type=ARRAY(Text))
    reason: str | None = None
    detail: str | None = None  # of a read: how many rows, and digests of the question and the ids
    subject: str
    client: str = Field(max_length=100)
    session_id: UUID | None = None
    roles: list[str] = Field(default_factory=empty_list, sa_type=ARRAY(Text))
    actor_unit_id: UUID | None = None
    purpose: str | None = Field(default=None, max_length=60)
    request_id: str | None = Field(default=None, max_length=64)
    unit_id: UUID | None = Field(default=None, foreign_key="unit.id")


class Outbox(Entry, UnitScoped, table=True):
    """Notice of a change for subscribers: the id of the record, never its content."""

    __tablename__ = "outbox"
    __table_args__ = (
        Index("ix_outbox_resource_id_version", "resource_id", "version"),
        Index("ix_outbox_transaction_id_id", "transaction_id", "id"),
    )

    resource: str = Field(max_length=60)
    resource_id: UUID
    act: Act = Field(sa_type=text_enum(Act))
    version: int
    fields: list[str] = Field(default_factory=empty_list, sa_type=ARRAY(Text))
    unit_id: UUID | None = Field(default=None, foreign_key="unit.id")
    # whose copies may have to go: the units that a record has left, the former place of a unit
    former_units: list[UUID] = Field(
        default_factory=list, sa_type=ARRAY(Uuid), sa_column_kwargs={"server_default": "{}"}
    )
    # the subjects who alone get it; null: all who read such records of the unit
    readers: list[str] | None = Field(default=None, sa_type=ARRAY(Text), nullable=True)
    # in the order of transactions a reader can tell what can no longer come late
    transaction_id: int = Field(
        sa_column_kwargs={"server_default": text("(pg_current_xact_id()::text)::bigint")},
        sa_type=BigInteger,
        default=None,
    )


class StoredResponseRow(SQLModel, table=True):
    """The stored response to a request that carried an Idempotency-Key, for a repeated request."""

    __tablename__ = "kept_answer"

    principal: str = Field(primary_key=True)
    key_hash: bytes = Field(sa_column=Column(LargeBinary, primary_key=True))
    fingerprint: bytes = Field(sa_column=Column(LargeBinary, nullable=False))
    status: int
    headers: dict[str, str] = Field(sa_column=Column(JSONB, nullable=False))
    body: bytes = Field(sa_column=Column(LargeBinary, nullable=False))
    expires_at: datetime = Field(sa_type=TIME, index=True)
