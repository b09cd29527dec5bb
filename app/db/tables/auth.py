"""Machine clients: other systems that speak to us in their own name."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ARRAY, Text
from sqlmodel import Field

from app.db.base import TIME, Row


class Client(Row, table=True):
    """A system with a secret, a role and a unit; it acts for no person."""

    __tablename__ = "client"

    client_id: str = Field(max_length=100, unique=True)
    name: str = Field(max_length=200)
    secret_hash: str
    roles: list[str] = Field(sa_type=ARRAY(Text))
    purposes: list[str] = Field(default_factory=list, sa_type=ARRAY(Text))
    unit_id: UUID = Field(foreign_key="unit.id")
    disabled_at: datetime | None = Field(default=None, sa_type=TIME)
