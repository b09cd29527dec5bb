"""Offers of reintegration cases between units, and holds on them."""

from enum import StrEnum
from uuid import UUID

from sqlalchemy import Index, text
from sqlmodel import Field

from app.db.base import place_indexes, text_enum
from app.db.tables.confidential import HoldRow, TransferRow
from app.db.tables.reintegration import CaseBasis, of_case


class HandoverItem(StrEnum):
    """A line of the check list by which a case is handed over."""

    FILE = "file"  # forms HCD-01 to HCD-11
    NEEDS = "needs"
    PLAN = "plan"
    SUPPORT = "support"
    CONSENTS = "consents"


class ReintegrationTransfer(TransferRow, table=True):
    """An offer of a case to the unit that the person moves to; its place is that unit's."""

    __tablename__ = "reintegration_transfer"
    __table_args__ = place_indexes(
        "reintegration_transfer",
        Index(
            "uq_reintegration_transfer_open", "case_id", unique=True,
            postgresql_where=text("state = 'offered'"),
        ),
        Index("ix_reintegration_transfer_case_id_id", "case_id", "id"),
    )  # fmt: skip

    case_id: UUID = Field(sa_column=of_case())
    case_number: str = Field(max_length=20)
    basis: CaseBasis = Field(sa_type=text_enum(CaseBasis))


class ReintegrationHold(HoldRow, table=True):
    """A document by which a case is held beyond its term."""

    __tablename__ = "reintegration_hold"
    __table_args__ = (
        Index(
            "uq_reintegration_hold_live", "case_id", unique=True,
            postgresql_where=text("released_on IS NULL"),
        ),
    )  # fmt: skip

    case_id: UUID = Field(sa_column=of_case())
