"""Schemas of documents, supersessions and stated tallies."""

from datetime import date
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, Field

from app.db.tables.commendations import CommendationForm
from app.db.tables.documents import DocumentKind, Relation
from app.db.tables.stated_tallies import Qualifier, TallyOf
from app.db.tables.units import UnitLevel
from app.domain.records.schemas import ChangeInput, StrictInput, TransitionInput

LINE = r"^[^\s\x00-\x1f]([^\x00-\x1f]*[^\s\x00-\x1f])?$"
TEXT = r"^[^\s\x00]([^\x00]*[^\s\x00])?$"
UnitName = Annotated[
    str,
    Field(min_length=1, max_length=40, pattern=LINE),
]
Title = Annotated[str, Field(min_length=1, max_length=1000, pattern=LINE)]
Line = Annotated[str, Field(min_length=1, max_length=300, pattern=LINE)]
Number = Annotated[str, Field(min_length=1, max_length=30, pattern=r"^[0-9A-Za-zĐđ./-]+$")]
Symbol = Annotated[str, Field(min_length=1, max_length=60, pattern=r"^[0-9A-Za-zÀ-ỹĐđ./&-]+$")]
AgencyId = Annotated[
    str,
    Field(
        max_length=35,
        pattern=r"^[0-9A-Z]+(\.[0-9A-Z]+)*$",
    ),
]
Year = Annotated[int, Field(ge=1900, le=2200)]


class SupersessionInput(StrictInput):
    """Effect of a document on an earlier one."""

    document_id: UUID
    relation: Relation


Supersedes = Annotated[list[SupersessionInput], Field(max_length=50, default_factory=list)]


class DocumentCreate(StrictInput):
    """A new document as a draft; leave out what is not known."""

    unit: UnitName
    unit_on: date | None = None
    kind: DocumentKind
    number: Number | None = None
    symbol: Symbol | None = None
    title: Title
    issued_on: date | None = None
    in_force_on: date | None = None
    issuer: Line
    issuer_eid: AgencyId | None = None
    signer_position: Line | None = None
    level: UnitLevel
    period_from: Year | None = None
    period_to: Year | None = None
    source: Line | None = None
    supersedes: Supersedes


class DocumentChange(ChangeInput):
    """Change a document; omitted fields stay as they are."""

    kind: DocumentKind = DocumentKind.OTHER
    number: Number | None = None
    symbol: Symbol | None = None
    title: Title = ""
    issued_on: date | None = None
    in_force_on: date | None = None
    issuer: Line = ""
    issuer_eid: AgencyId | None = None
    signer_position: Line | None = None
    level: UnitLevel = UnitLevel.NATIONAL
    period_from: Year | None = None
    period_to: Year | None = None
    source: Line | None = None
    supersedes: Supersedes


class DocumentTransition(TransitionInput):
    """A transition of a document."""


class TallyCreate(StrictInput):
    """A number as a source states it; no records are created."""

    unit: UnitName
    counts: TallyOf
    label: Line
    kind: DocumentKind | None = None
    form: CommendationForm | None = None
    level: UnitLevel | None = None
    period_from: Year
    period_to: Year
    count: Annotated[int, Field(ge=0, le=100_000_000)]
    qualifier: Qualifier = Qualifier.EQUAL
    quote: Annotated[str, Field(min_length=1, max_length=2000, pattern=TEXT)]
    source: Line


class Counted(BaseModel):
    """Number of rows of one kind (or form) at one level."""

    kind: str
    level: UnitLevel
    rows: int


class Stated(BaseModel):
    """A stated number, and the number of recorded rows of the same subject."""

    id: UUID
    unit_id: UUID
    label: str
    kind: DocumentKind | None
    form: CommendationForm | None
    level: UnitLevel | None
    period_from: int
    period_to: int
    count: int
    qualifier: Qualifier
    quote: str
    source: str
    rows: int


class Tally(BaseModel):
    """Rows as they are recorded, beside numbers as sources state them; never added together."""

    counts: TallyOf
    period_from: int
    period_to: int
    rows: int
    counted: list[Counted]
    stated: list[Stated]
