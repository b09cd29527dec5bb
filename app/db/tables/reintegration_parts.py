"""The parts of a reintegration case: needs, plan, contacts, support and consents.

Words are sealed under the key of the case; what is counted stands beside them. Rows are added and
never rewritten, but for how something ended.
"""

from datetime import date
from uuid import UUID

from sqlalchemy import CheckConstraint, Index
from sqlmodel import Field

from app.db.base import text_enum, uuid7
from app.db.tables.confidential import SealedPart
from app.db.tables.reintegration import of_case, sealed_bytes, sealed_keys
from app.db.tables.reintegration_choices import (
    ActionOutcome,
    Attendance,
    CasePathway,
    ConsentScope,
    ContactWay,
    LoanPurpose,
    NeedStatus,
    SupportKind,
    SupportState,
)


class CaseEntry(SealedPart):
    """A row of a case: when, by whom, and words under the key of the case."""

    id: UUID = Field(default_factory=uuid7, primary_key=True)
    recorded_on: date
    recorded_by: str


class ReintegrationNeed(CaseEntry, table=True):
    """An update of one need; the newest of a field holds."""

    __tablename__ = "reintegration_need"
    __table_args__ = (Index("ix_reintegration_need_case_id_id", "case_id", "id"),)

    case_id: UUID = Field(sa_column=of_case())
    pathway: CasePathway = Field(sa_type=text_enum(CasePathway))
    status: NeedStatus = Field(sa_type=text_enum(NeedStatus))
    sealed: bytes = Field(sa_column=sealed_bytes())
    keys: dict[str, str] = Field(sa_column=sealed_keys())


class ReintegrationAction(CaseEntry, table=True):
    """An action of the plan, until when, and how it came out."""

    __tablename__ = "reintegration_action"
    __table_args__ = (
        Index("ix_reintegration_action_case_id_id", "case_id", "id"),
        CheckConstraint("(outcome IS NULL) = (ended_on IS NULL)", name="outcome_has_date"),
    )

    case_id: UUID = Field(sa_column=of_case())
    pathway: CasePathway = Field(sa_type=text_enum(CasePathway))
    due_on: date
    outcome: ActionOutcome | None = Field(default=None, sa_type=text_enum(ActionOutcome))
    ended_on: date | None = None
    sealed: bytes = Field(sa_column=sealed_bytes())
    keys: dict[str, str] = Field(sa_column=sealed_keys())


class ReintegrationContact(CaseEntry, table=True):
    """A contact with the person: each is one, however many persons there are."""

    __tablename__ = "reintegration_contact"
    __table_args__ = (Index("ix_reintegration_contact_case_id_id", "case_id", "id"),)

    case_id: UUID = Field(sa_column=of_case())
    took_place_on: date
    way: ContactWay = Field(sa_type=text_enum(ContactWay))
    attendance: Attendance = Field(sa_type=text_enum(Attendance))
    sealed: bytes = Field(sa_column=sealed_bytes())
    keys: dict[str, str] = Field(sa_column=sealed_keys())


class ReintegrationSupport(CaseEntry, table=True):
    """A line of support: a job, a course, a loan, housing or counselling."""

    __tablename__ = "reintegration_support"
    __table_args__ = (
        Index("ix_reintegration_support_case_id_id", "case_id", "id"),
        CheckConstraint(
            "(kind = 'loan') = (purpose IS NOT NULL) AND (kind = 'loan') = (amount IS NOT NULL) "
            "AND (kind = 'loan') = (months IS NOT NULL)",
            name="loan_has_terms",
        ),
        CheckConstraint("ends_on >= begins_on", name="ends_after_beginning"),
    )

    case_id: UUID = Field(sa_column=of_case())
    kind: SupportKind = Field(sa_type=text_enum(SupportKind))
    state: SupportState = Field(sa_type=text_enum(SupportState))
    begins_on: date
    ends_on: date | None = None
    verified_on: date | None = None
    purpose: LoanPurpose | None = Field(default=None, sa_type=text_enum(LoanPurpose))
    amount: int | None = None
    months: int | None = None
    rule_code: str | None = Field(default=None, max_length=60)  # by which a loan was checked
    sealed: bytes = Field(sa_column=sealed_bytes())
    keys: dict[str, str] = Field(sa_column=sealed_keys())


class ReintegrationConsent(CaseEntry, table=True):
    """A consent of the person: to what, from when, until when or until revoked."""

    __tablename__ = "reintegration_consent"
    __table_args__ = (
        Index("ix_reintegration_consent_case_id_id", "case_id", "id"),
        CheckConstraint("ends_on >= given_on", name="ends_after_giving"),
        CheckConstraint("revoked_on >= given_on", name="revoked_after_giving"),
    )

    case_id: UUID = Field(sa_column=of_case())
    scope: ConsentScope = Field(sa_type=text_enum(ConsentScope))
    text_version: str = Field(max_length=40)
    given_on: date
    ends_on: date | None = None
    revoked_on: date | None = None
    sealed: bytes = Field(sa_column=sealed_bytes())
    keys: dict[str, str] = Field(sa_column=sealed_keys())
