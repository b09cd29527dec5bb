"""Transfers of tips between units: the offer, and the stub that the offering unit retains."""

from datetime import date
from uuid import UUID, uuid4

from sqlalchemy import Index, text
from sqlmodel import Field

from app.db.base import Row, UnitScoped, place_indexes, text_enum
from app.db.tables.confidential import TransferRow
from app.db.tables.tips import TipCategory, TipKind, TipOutcome, TipState, of_tip


class TipTransfer(TransferRow, table=True):
    """An offer of a tip from one unit to another; its place is the receiving unit's."""

    __tablename__ = "tip_transfer"
    __table_args__ = place_indexes(
        "tip_transfer",
        Index(
            "uq_tip_transfer_open", "tip_id", unique=True,
            postgresql_where=text("state = 'offered'"),
        ),
        Index("ix_tip_transfer_tip_id_id", "tip_id", "id"),
    )  # fmt: skip

    tip_id: UUID = Field(sa_column=of_tip())
    kind: TipKind = Field(sa_type=text_enum(TipKind))
    category: TipCategory | None = Field(default=None, sa_type=text_enum(TipCategory))
    received_on: date


class TipStub(Row, UnitScoped, table=True):
    """The record that a unit retains of a tip that it handed over: the fact and the outcome."""

    __tablename__ = "tip_stub"
    __table_args__ = place_indexes("tip_stub", Index("ix_tip_stub_tip_id", "tip_id"))

    id: UUID = Field(default_factory=uuid4, primary_key=True)
    tip_id: UUID = Field(sa_column=of_tip())
    unit_id: UUID = Field(foreign_key="unit.id")  # who handed it over
    to_unit_id: UUID = Field(foreign_key="unit.id")
    received_on: date
    moved_on: date
    state: TipState = Field(sa_type=text_enum(TipState))
    outcome: TipOutcome | None = Field(default=None, sa_type=text_enum(TipOutcome))
