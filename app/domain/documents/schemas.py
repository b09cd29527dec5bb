"""Schemas of documents, supersessions and tallies."""

from datetime import date
from enum import StrEnum
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, Field

from app.db.tables.documents import DocumentKind, Relation
from app.db.tables.stated_figures import Qualifier
from app.db.tables.units import UnitLevel
from app.domain.records.schemas import ChangeInput, StrictInput, TransitionInput
from app.domain.records.types import LINE, Day, Line, UnitName, Year, unset
from app.domain.records.types import LongLine as Title

Number = Annotated[str, Field(min_length=1, max_length=30, pattern=r"^[0-9A-Za-zĐđ./-]+$"), LINE]
Symbol = Annotated[
    str, Field(min_length=1, max_length=60, pattern=r"^[0-9A-Za-zÀ-ỹĐđ./&-]+$"), LINE
]
AgencyId = Annotated[
    str,
    Field(
        max_length=35,
        pattern=r"^[0-9A-Z]+(\.[0-9A-Z]+)*$",
    ),
    LINE,
]


class SupersessionInput(StrictInput):
    """Effect of a document on an earlier one."""

    document_id: UUID
    relation: Relation


Supersedes = Annotated[list[SupersessionInput], Field(max_length=50)]


class DocumentCreate(StrictInput):
    """A new document as a draft; leave out what is not known."""

    unit: UnitName
    unit_on: Day | None = None
    kind: DocumentKind
    number: Number | None = None
    symbol: Symbol | None = None
    title: Title
    issued_on: Day | None = None
    in_force_on: Day | None = None
    issuer: Line
    issuer_eid: AgencyId | None = None
    signer_position: Line | None = None
    level: UnitLevel
    period_from: Year | None = None
    period_to: Year | None = None
    source: Line | None = None
    supersedes: Supersedes = Field(default_factory=list)


class DocumentChange(ChangeInput):
    """Change a document; omitted fields stay as they are."""

    kind: DocumentKind = unset()
    number: Number | None = unset()
    symbol: Symbol | None = unset()
    title: Title = unset()
    issued_on: Day | None = unset()
    in_force_on: Day | None = unset()
    issuer: Line = unset()
    issuer_eid: AgencyId | None = unset()
    signer_position: Line | None = unset()
    level: UnitLevel = unset()
    period_from: Year | None = unset()
    period_to: Year | None = unset()
    source: Line | None = unset()
    supersedes: Supersedes = unset()


class DocumentTransition(TransitionInput):
    """A transition of a document."""


class Counted(BaseModel):
    """Number of rows of one kind (or form) at one level."""

    kind: str
    level: UnitLevel
    rows: int


class Stated(BaseModel):
    """A stated figure, and the number of recorded rows of the same subject."""

    id: UUID
    unit_id: UUID
    label: str
    category: str | None
    level: UnitLevel | None
    period_from: date | None
    period_to: date | None
    value: float | None
    qualifier: Qualifier
    quote: str | None
    source: str | None
    rows: int


class TallyOf(StrEnum):
    """Kind of record that a tally counts."""

    DOCUMENTS = "documents"
    COMMENDATIONS = "commendations"


class Tally(BaseModel):
    """Rows as they are recorded, beside numbers as sources state them; never added together."""

    counts: TallyOf
    period_from: int
    period_to: int
    rows: int
    counted: list[Counted]
    stated: list[Stated]
