"""Tips as figures count them: views without an id, in which a row says that there is one more."""

from datetime import date
from enum import StrEnum
from typing import ClassVar
from uuid import UUID

from sqlmodel import Field, SQLModel

from app.db.base import text_enum
from app.db.tables.tips import TipCategory, TipChannel, TipKind, TipOutcome


class TipServiceStatus(StrEnum):
    """Outcome of a tip against its deadlines."""

    RESOLVED_IN_TIME = "resolved_in_time"
    RESOLVED_LATE = "resolved_late"
    OVERDUE = "overdue"
    NOT_YET_DUE = "not_yet_due"


class TipTally(SQLModel, table=True):
    """Number of tips that a unit received on a day, by kind, subject, way and outcome."""

    __tablename__ = "tip_tally"
    __table_args__: ClassVar[dict[str, object]] = {"info": {"is_view": True}}

    unit_id: UUID = Field(primary_key=True)
    received_on: date = Field(primary_key=True)
    kind: TipKind = Field(primary_key=True, sa_type=text_enum(TipKind))
    category: TipCategory | None = Field(sa_type=text_enum(TipCategory))
    channel: TipChannel = Field(primary_key=True, sa_type=text_enum(TipChannel))
    is_useful: bool | None
    outcome: TipOutcome | None = Field(sa_type=text_enum(TipOutcome))
    tips: int


class TipServiceTally(SQLModel, table=True):
    """Number of tips that a unit received on a day, by what became of them."""

    __tablename__ = "tip_service_tally"
    __table_args__: ClassVar[dict[str, object]] = {"info": {"is_view": True}}

    unit_id: UUID = Field(primary_key=True)
    received_on: date = Field(primary_key=True)
    status: TipServiceStatus = Field(primary_key=True, sa_type=text_enum(TipServiceStatus))
    tips: int
