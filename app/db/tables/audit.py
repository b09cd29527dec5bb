"""The audit chain: linked entries and sealed heads."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import BigInteger, Column, ForeignKey, LargeBinary
from sqlmodel import Field, SQLModel

from app.db.base import TIME


class AuditLink(SQLModel, table=True):
    """The place of an entry in the chain; its hash is over the one before and the entry."""

    __tablename__ = "audit_link"

    position: int = Field(sa_column=Column(BigInteger, primary_key=True, autoincrement=False))
    entry_id: UUID = Field(foreign_key="audit_entry.id", unique=True)
    hash: bytes = Field(sa_column=Column(LargeBinary, nullable=False))


class AuditSeal(SQLModel, table=True):
    """The signed head of the chain after a batch of entries."""

    __tablename__ = "audit_seal"

    position: int = Field(
        sa_column=Column(
            ForeignKey("audit_link.position"), primary_key=True, autoincrement=False
        )
    )  # fmt: skip
    entries: int
    head: bytes = Field(sa_column=Column(LargeBinary, nullable=False))
    signature: bytes = Field(sa_column=Column(LargeBinary, nullable=False))
    key_id: str = Field(max_length=100)
    sealed_at: datetime = Field(sa_type=TIME)


class AuditWaiting(SQLModel, table=True):
    """An entry that is not in the chain yet; a trigger puts it here."""

    __tablename__ = "audit_waiting"

    entry_id: UUID = Field(primary_key=True)
