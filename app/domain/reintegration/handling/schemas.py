"""Input to open, change and close a case, and what opening one answers."""

from enum import StrEnum
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, Field

from app.db.tables.reintegration import CaseBasis, CasePart, ClosingBasis
from app.domain.records.batch_schemas import MAX_ITEMS
from app.domain.records.schemas import ChangeInput, StrictInput
from app.domain.records.types import (
    Action,
    Flag,
    Line,
    LongLine,
    Reference,
    Text,
    UnitName,
    Year,
    unset,
)
from app.domain.records.types import ProgrammeDay as Day


class CasePurpose(StrEnum):
    """Purpose for which a case is opened and read."""

    VERIFICATION = "verification"
    SUPPORT = "support"
    HANDOVER = "handover"
    RIGHTS_OF_THE_PERSON = "rights_of_the_person"
    BANK_LIST = "bank_list"  # of a month (QĐ 22/2023/QĐ-TTg, Đ.14)


class PersonInput(StrictInput):
    """The person of a case; sealed under the key of the case."""

    name: Line
    birth_year: Year | None = None
    address: LongLine | None = None
    phone: Line | None = None
    note: Text | None = None


class CaseCreate(StrictInput):
    """A case, opened when a prison or a court gives notice."""

    unit: UnitName
    basis: CaseBasis
    notified_on: Day
    released_on: Day
    is_minor: Flag = False
    person: PersonInput
    follows: UUID | None = None


class CaseBatch(StrictInput):
    """The cases of a list; each is opened or refused by itself."""

    items: Annotated[list[CaseCreate], Field(min_length=1, max_length=MAX_ITEMS)]


class CaseItem(BaseModel):
    """One case of a list: the case that was opened, or the fault that refused it."""

    index: int
    id: UUID | None = None
    case_number: str | None = None
    code: str | None = None
    pointer: str | None = None
    message_vi: str | None = None
    message_en: str | None = None


class CasesOpened(BaseModel):
    """The outcome of a list, in the order in which it was sent; nothing of the people in it."""

    opened: int
    refused: int
    items: list[CaseItem]


class CaseChange(ChangeInput):
    """Corrections of a case; what is left out stays as it is."""

    basis: CaseBasis = unset()
    released_on: Day = unset()
    is_minor: Flag = unset()
    person: PersonInput = unset()


class CaseTransition(StrictInput):
    """A transition of a case; it takes no words, which would stand unsealed."""

    action: Action
    closing_basis: ClosingBasis | None = None


class CaseAssignmentCreate(StrictInput):
    """The part of a person in a case."""

    subject: Reference
    part: CasePart


class CaseAppointed(BaseModel):
    """A case for which somebody was named; the superior need not see it any more."""

    case_id: UUID
    case_number: str
