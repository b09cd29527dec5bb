"""The content of a case, as it is answered to those who have a part in it."""

from datetime import date
from uuid import UUID

from pydantic import BaseModel

from app.db.tables.reintegration_choices import (
    ActionOutcome,
    Attendance,
    CasePathway,
    ConsentScope,
    ContactWay,
    NeedStatus,
    SupportKind,
)


class CasePerson(BaseModel):
    """The person of a case."""

    name: str
    birth_year: int | None
    address: str | None
    phone: str | None
    note: str | None


class CaseNeedWords(BaseModel):
    """An update of a need, with its words."""

    id: UUID
    recorded_on: date
    pathway: CasePathway
    status: NeedStatus
    text: str | None


class CaseActionWords(BaseModel):
    """An action of the plan, with its words."""

    id: UUID
    recorded_on: date
    pathway: CasePathway
    due_on: date
    outcome: ActionOutcome | None
    text: str | None
    evidence: str | None


class CaseContactWords(BaseModel):
    """A contact, with its words."""

    id: UUID
    took_place_on: date
    way: ContactWay
    attendance: Attendance
    text: str | None


class CaseSupportWords(BaseModel):
    """A line of support, with its words."""

    id: UUID
    kind: SupportKind
    begins_on: date
    text: str | None


class CaseConsentWords(BaseModel):
    """A consent, with its words."""

    id: UUID
    scope: ConsentScope
    given_on: date
    revoked_on: date | None
    text: str | None


class CaseContent(BaseModel):
    """All that a case says of the person."""

    case_id: UUID
    case_number: str
    person: CasePerson
    needs: list[CaseNeedWords]
    plan_actions: list[CaseActionWords]
    contacts: list[CaseContactWords]
    supports: list[CaseSupportWords]
    consents: list[CaseConsentWords]
