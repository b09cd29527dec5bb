"""What is kept around signing in: invitations on their way, and tries at names nobody has."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Column, LargeBinary
from sqlmodel import Field, SQLModel

from app.db.base import TIME

KEY: Any = {"primary_key": True}


class Invitation(SQLModel, table=True):
    """A link by which somebody chooses his password, once and within a day."""

    __tablename__ = "invitation"

    token_hash: bytes = Field(sa_column=Column(LargeBinary, **KEY))
    account_id: UUID = Field(foreign_key="account.id", ondelete="CASCADE", index=True)
    expires_at: datetime = Field(sa_type=TIME, index=True)
    used_at: datetime | None = Field(default=None, sa_type=TIME)


class UnknownLogin(SQLModel, table=True):
    """Wrong tries at a name that nobody has: it is slowed down as if somebody had it."""

    __tablename__ = "unknown_login"

    name: bytes = Field(sa_column=Column(LargeBinary, **KEY))  # keyed: the name is not kept
    failures: int = 0
    next_try_at: datetime | None = Field(default=None, sa_type=TIME)
    tried_at: datetime = Field(sa_type=TIME, index=True)
