"""Documents, what they supersede, and their attachments."""

from datetime import date
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, Index
from sqlmodel import Field

from app.db.base import (
    STANDS,
    Row,
    UnitScoped,
    Voidable,
    changed_index,
    place_indexes,
    search_index,
    text_enum,
    voided_check,
)
from app.db.tables.units import UnitLevel


class DocumentKind(StrEnum):
    """Kind of document."""

    LAW = "law"
    DECREE = "decree"
    CIRCULAR = "circular"
    RESOLUTION = "resolution"
    DECISION = "decision"
    DIRECTIVE = "directive"
    PLAN = "plan"
    PROGRAMME = "programme"
    GUIDANCE = "guidance"
    REPORT = "report"
    NOTICE = "notice"
    OFFICIAL_LETTER = "official_letter"
    OTHER = "other"


class DocumentState(StrEnum):
    """State of a document, including the effect of later documents."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    SIGNED = "signed"
    ISSUED = "issued"
    AMENDED = "amended"
    REPLACED = "replaced"
    REPEALED = "repealed"


class Relation(StrEnum):
    """Effect of a document on an earlier one."""

    AMENDS = "amends"
    REPLACES = "replaces"
    REPEALS = "repeals"


PERIOD = "period_from <= period_to AND period_from >= 1900 AND period_to <= 2200"


class Document(Row, UnitScoped, Voidable, table=True):
    """A document of an agency: number, symbol, date, issuer and the years it covers."""

    __tablename__ = "document"
    __table_args__ = place_indexes(
        "document",
        voided_check(),
        changed_index("document"),
        CheckConstraint(PERIOD, name="period_begins_before_it_ends"),
        CheckConstraint("in_force_on >= issued_on", name="in_force_after_issue"),
        CheckConstraint(
            "issued_year IS NOT DISTINCT FROM CAST(EXTRACT(year FROM issued_on) AS integer)",
            name="year_is_that_of_the_date",
        ),
        Index(
            "uq_document_paper", "issuer_eid", "paper_key", "issued_year", unique=True,
            postgresql_where=STANDS,
        ),
        Index("ix_document_issued_on_id", "issued_on", "id"),
        Index("ix_document_kind_id", "kind", "id"),
        search_index("document"),
        voidable=True,
    )  # fmt: skip

    unit_id: UUID = Field(foreign_key="unit.id")
    kind: DocumentKind = Field(sa_type=text_enum(DocumentKind))
    number: str | None = Field(default=None, max_length=30)
    symbol: str | None = Field(default=None, max_length=60)
    paper_key: str | None = None  # which all spellings of number and symbol share
    title: str = Field(max_length=1000)
    issued_on: date | None = None
    issued_year: int | None = None
    in_force_on: date | None = None
    issuer: str = Field(max_length=300)
    issuer_eid: str | None = Field(default=None, max_length=35)
    signer_position: str | None = Field(default=None, max_length=300)
    level: UnitLevel = Field(sa_type=text_enum(UnitLevel))
    period_from: int | None = None
    period_to: int | None = None
    state: DocumentState = Field(default=DocumentState.DRAFT, sa_type=text_enum(DocumentState))
    source: str | None = Field(default=None, max_length=300)
    search_key: str


class DocumentLink(Row, table=True):
    """The effect of one document on an earlier one: amends, replaces or repeals it."""

    __tablename__ = "document_link"
    __table_args__ = (
        CheckConstraint("document_id <> earlier_id", name="never_to_itself"),
        Index("uq_document_link_document_id_earlier_id", "document_id", "earlier_id", unique=True),
        Index("ix_document_link_earlier_id_id", "earlier_id", "id"),
    )

    document_id: UUID = Field(foreign_key="document.id", ondelete="CASCADE")
    earlier_id: UUID = Field(foreign_key="document.id")
    relation: Relation = Field(sa_type=text_enum(Relation))


class Attachment(Row, table=True):
    """A file of a document; its content is in the object storage under its SHA-256."""

    __tablename__ = "attachment"
    __table_args__ = (
        CheckConstraint("size > 0", name="is_not_empty"),
        CheckConstraint("sha256 ~ '^[0-9a-f]{64}$'", name="sha256_is_one"),
        Index(
            "uq_attachment_document_id_sha256_file_name",
            "document_id", "sha256", "file_name", unique=True,
        ),
        Index("ix_attachment_document_id_id", "document_id", "id"),
        Index("ix_attachment_sha256_id", "sha256", "id"),
    )  # fmt: skip

    document_id: UUID = Field(foreign_key="document.id")
    file_name: str = Field(max_length=200)
    media_type: str = Field(max_length=100)
    size: int
    sha256: str = Field(max_length=64)
