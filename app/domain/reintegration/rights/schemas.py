"""Input about requests of the person, and the answers that name a person."""

from datetime import date
from uuid import UUID

from pydantic import BaseModel

from app.db.tables.reintegration import CaseBasis, CaseState, ClosingBasis
from app.db.tables.reintegration_choices import LoanPurpose
from app.db.tables.reintegration_requests import PersonRequestAnswer, PersonRequestKind
from app.domain.records.schemas import StrictInput
from app.domain.records.types import ProgrammeDay as Day
from app.domain.records.types import Text
from app.domain.reintegration.handling.contents import CaseContent


class PersonRequestCreate(StrictInput):
    """A request of the person; its words are sealed."""

    kind: PersonRequestKind
    received_on: Day
    text: Text | None = None


class PersonRequestReply(StrictInput):
    """The answer to a request; its words are sealed."""

    answer: PersonRequestAnswer
    reply: Text | None = None


class PersonRequestWords(BaseModel):
    """A request of the person, with its words."""

    id: UUID
    kind: PersonRequestKind
    received_on: date
    answer: PersonRequestAnswer | None
    answered_on: date | None
    text: str | None
    reply: str | None


class CaseDossier(BaseModel):
    """A copy of a case for the person: all that it says, and its course."""

    case_number: str
    basis: CaseBasis
    state: CaseState
    closing_basis: ClosingBasis | None
    notified_on: date
    released_on: date
    closed_on: date | None
    content: CaseContent
    requests: list[PersonRequestWords]


class BankListLine(BaseModel):
    """A person on the list for the bank, who has consented to be named to it."""

    case_id: UUID
    case_number: str
    name: str
    birth_year: int | None
    address: str | None
    released_on: date
    purpose: LoanPurpose
    amount: int
    months: int


class BankList(BaseModel):
    """The list of a month for the bank (QĐ 22/2023/QĐ-TTg, Đ.14); the product stores no copy."""

    month: date
    lines: list[BankListLine]
