"""Sign-in records: open invitations, and attempts at unknown logins."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Column, LargeBinary
from sqlmodel import Field, SQLModel

from app.db.base import TIME

KEY: Any = {"primary_key": True}


class Invitation(SQLModel, table=True):
    """A link by which a person chooses a password, once and within a day."""

    __tablename__ = "invitation"

    token_hash: bytes = Field(sa_column=Column(LargeBinary, **KEY))
    account_id: UUID = Field(foreign_key="account.id", ondelete="CASCADE", index=True)
    expires_at: datetime = Field(sa_type=TIME, index=True)
    used_at: datetime | None = Field(default=None, sa_type=TIME)


class UnknownLogin(SQLModel, table=True):
    """Failed attempts: at a login from an address, at a login in all, of a known device.

    A login that nobody has is counted like a known one. The table has the name of its first use.
    """

    __tablename__ = "unknown_login"

    name: bytes = Field(sa_column=Column(LargeBinary, **KEY))  # keyed: the name is not stored
    failures: int = 0
    next_try_at: datetime | None = Field(default=None, sa_type=TIME)
    tried_at: datetime = Field(sa_type=TIME, index=True)


class DemoMark(SQLModel, table=True):
    """The mark of a database that the demo was loaded into: production refuses it."""

    __tablename__ = "demo_mark"

    marked_at: datetime = Field(sa_type=TIME, primary_key=True)
