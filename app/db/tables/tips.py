"""Tips: what officers may know of them; words, files and identities are sealed beside them.

An informant's rows carry no time finer than a day, neither in a column nor in an id.
"""

from datetime import date
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ARRAY,
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    LargeBinary,
    SmallInteger,
    Text,
    Uuid,
    false,
    text,
)
from sqlmodel import Field, SQLModel

from app.db.base import Row, UnitScoped, empty_list, place_indexes, text_enum
from app.db.tables.confidential import AssignmentRow, ConfidentialRow


class TipKind(StrEnum):
    """Kind of tip, by Article 144 of the Criminal Procedure Code where it concerns a crime."""

    CRIME_DENUNCIATION = "crime_denunciation"
    CRIME_REPORT = "crime_report"
    PROSECUTION_PROPOSAL = "prosecution_proposal"
    VIOLATION_INFO = "violation_info"
    FEEDBACK = "feedback"
    UNKNOWN = "unknown"


class TipChannel(StrEnum):
    """Way by which a tip arrived."""

    ONLINE = "online"
    IN_PERSON = "in_person"
    PHONE = "phone"
    POST = "post"
    OTHER = "other"


class TipCategory(StrEnum):
    """Subject of a tip, coarse enough to be counted."""

    LIFE_AND_HEALTH = "life_and_health"
    PROPERTY = "property"
    DRUGS = "drugs"
    GAMBLING = "gambling"
    FRAUD = "fraud"
    DOMESTIC_VIOLENCE = "domestic_violence"
    CHILDREN = "children"
    WEAPONS = "weapons"
    TRAFFIC = "traffic"
    FIRE = "fire"
    RESOURCES = "resources"
    RESIDENCE = "residence"
    CORRUPTION = "corruption"
    SECURITY = "security"
    PUBLIC_ORDER = "public_order"
    OTHER = "other"


class TipState(StrEnum):
    """State of a tip; none is a refusal (Article 145)."""

    RECEIVED = "received"
    RECORDED = "recorded"
    TRIAGED = "triaged"
    TRANSFERRED = "transferred"
    WITH_INVESTIGATOR = "with_investigator"
    SUSPENDED = "suspended"
    HANDLED_LOCALLY = "handled_locally"
    FORWARDED = "forwarded"
    DECIDED_PROSECUTE = "decided_prosecute"
    DECIDED_NOT = "decided_not"
    INFORMANT_NOTIFIED = "informant_notified"
    CLOSED = "closed"


class TipOutcome(StrEnum):
    """Outcome of a tip."""

    PROSECUTED = "prosecuted"
    NOT_PROSECUTED = "not_prosecuted"
    HANDLED_LOCALLY = "handled_locally"
    FORWARDED = "forwarded"


class LocalResult(StrEnum):
    """Result of a tip that the receiving unit settled itself."""

    RECONCILED = "reconciled"
    REMINDED = "reminded"
    FINED = "fined"
    REPAIRED = "repaired"
    EXPLAINED = "explained"
    NOT_CONFIRMED = "not_confirmed"
    OTHER = "other"


class SuspensionBasis(StrEnum):
    """Basis on which work on a tip is suspended (Article 148, with the change of 2021)."""

    EXPERT_OPINION = "expert_opinion"
    MISSING_MATERIAL = "missing_material"
    FORCE_MAJEURE = "force_majeure"


class TipPart(StrEnum):
    """A part of a tip that can be shared in a transfer."""

    TEXT = "text"
    MESSAGES = "messages"
    ATTACHMENTS = "attachments"


PARTS = [part.value for part in TipPart]
NO_DEADLINE = date(9999, 1, 1)  # when a tip without a running deadline is due: after all others
URGENT, NOT_URGENT = 0, 1  # urgent tips come first among those due
HOLDERS = ("province_id", "district_id", "commune_id", "unit_id")  # by whom tips are listed


def of_tip(**more: Any) -> Any:
    """Rows that belong to a tip and are deleted with it."""
    return Column(ForeignKey("tip.id", ondelete="CASCADE"), nullable=False, **more)


class Tip(ConfidentialRow, table=True):
    """A tip as officers list it: no text, no name, and the day only."""

    __tablename__ = "tip"
    __table_args__ = (
        CheckConstraint("(state = 'closed') = (closed_on IS NOT NULL)", name="closed_has_date"),
        CheckConstraint("closed_on >= received_on", name="closed_after_received"),
        CheckConstraint("urgency IN (0, 1)", name="urgent_or_not"),
        Index(
            "ix_tip_received_unit_id_received_on",
            "received_unit_id",
            "received_on",
            postgresql_include=["id", "resolved_on", "resolved_in_time"],
        ),
        Index("ix_tip_expires_on", "expires_on", postgresql_where=text("expired_on IS NULL")),
        Index("ix_tip_overdue", "due_on", postgresql_where=text("NOT overdue")),
        *(
            Index(f"ix_tip_{place}_{'_'.join(by)}_id", place, *by, "id")
            for place in HOLDERS
            for by in (("received_on",), ("urgency", "due_on"))
        ),
    )

    received_unit_id: UUID = Field(foreign_key="unit.id")  # who received it, for ever
    # units that must not have it, as digests under a key outside the database
    excluded: list[bytes] = Field(
        default_factory=empty_list,
        sa_column=Column(ARRAY(LargeBinary), nullable=False, server_default=text("'{}'")),
    )
    about_officials: bool = False
    received_on: date
    channel: TipChannel = Field(sa_type=text_enum(TipChannel))
    kind: TipKind = Field(sa_type=text_enum(TipKind))
    category: TipCategory | None = Field(default=None, sa_type=text_enum(TipCategory))
    state: TipState = Field(default=TipState.RECEIVED, sa_type=text_enum(TipState))
    has_contact: bool = False
    shared: list[str] = Field(default_factory=lambda: list(PARTS), sa_type=ARRAY(Text))
    # messages and files that a unit which handed it over did not share; a trigger keeps this
    kept_back: list[UUID] = Field(
        default_factory=empty_list,
        sa_column=Column(ARRAY(Uuid), nullable=False, server_default=text("'{}'")),
    )
    urgency: int = Field(
        default=NOT_URGENT,
        sa_column=Column(SmallInteger, nullable=False, server_default=text(f"{NOT_URGENT}")),
    )
    is_useful: bool | None = None
    outcome: TipOutcome | None = Field(default=None, sa_type=text_enum(TipOutcome))
    resolved_on: date | None = None  # decided, handled or forwarded
    resolved_in_time: bool | None = None
    informed_on: date | None = None
    local_result: LocalResult | None = Field(default=None, sa_type=text_enum(LocalResult))
    suspension_basis: SuspensionBasis | None = Field(
        default=None, sa_type=text_enum(SuspensionBasis)
    )
    downgraded_on: date | None = None  # from a crime to something else: counted
    reopened_on: date | None = None
    # the deadline that is due first, as a trigger keeps it; its hour is never disclosed
    due_on: date = Field(
        default=NO_DEADLINE, sa_column_kwargs={"server_default": text(f"'{NO_DEADLINE}'")}
    )
    clock: str | None = Field(default=None, max_length=60)
    overdue: bool = Field(default=False, sa_column_kwargs={"server_default": false()})


class TipAssignment(AssignmentRow, table=True):
    """The right of an officer to read the content of a tip for a period."""

    __tablename__ = "tip_assignment"
    __table_args__ = (
        Index(
            "uq_tip_assignment_live", "tip_id", "subject",
            unique=True, postgresql_where=text("ended_on IS NULL"),
        ),
        Index("ix_tip_assignment_subject", "subject"),
    )  # fmt: skip

    tip_id: UUID = Field(sa_column=of_tip())


class TipLink(SQLModel, table=True):
    """Two tips that an officer linked as duplicates; each has its own receipt and deadlines."""

    __tablename__ = "tip_link"
    __table_args__ = (
        CheckConstraint("tip_id < other_id", name="named_once"),
        Index("ix_tip_link_other_id", "other_id"),
    )

    tip_id: UUID = Field(
        sa_column=Column(ForeignKey("tip.id", ondelete="CASCADE"), primary_key=True)
    )
    other_id: UUID = Field(
        sa_column=Column(ForeignKey("tip.id", ondelete="CASCADE"), primary_key=True)
    )
    linked_by: str
    linked_on: date
    note: str | None = Field(default=None, max_length=500)


class TipUnitSettings(Row, UnitScoped, table=True):
    """Settings for receiving tips in a unit; remote units have longer to hand them over."""

    __tablename__ = "tip_desk"
    __table_args__ = place_indexes("tip_desk", Index("uq_tip_desk_unit_id", "unit_id", unique=True))

    unit_id: UUID = Field(foreign_key="unit.id")
    remote: bool = False
    basis: str | None = Field(default=None, max_length=500)
