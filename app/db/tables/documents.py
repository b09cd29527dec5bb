"""Documents with attachments, commendations, exemplars, and counts as sources state them."""

from datetime import date
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, text
from sqlmodel import Field

from app.db.base import Placed, Row, text_enum
from app.db.tables.units import UnitLevel


class DocumentKind(StrEnum):
    """What a paper is called."""

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
    """How far a document has come, and whether a later one has touched it."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    SIGNED = "signed"
    ISSUED = "issued"
    AMENDED = "amended"
    REPLACED = "replaced"
    REPEALED = "repealed"


class Relation(StrEnum):
    """What a document does to an earlier one."""

    AMENDS = "amends"
    REPLACES = "replaces"
    REPEALS = "repeals"


class Qualifier(StrEnum):
    """How a source states a number: exactly, as more than, as up to about, as at least."""

    EQUAL = "equal"  # =
    MORE_THAN = "more_than"  # >
    ALMOST = "almost"  # <~
    AT_LEAST = "at_least"  # >=


class TallyOf(StrEnum):
    """What a stated number counts."""

    DOCUMENTS = "documents"
    COMMENDATIONS = "commendations"


class RecipientKind(StrEnum):
    """Who is commended."""

    COLLECTIVE = "collective"
    INDIVIDUAL = "individual"
    MODEL = "model"


class CommendationForm(StrEnum):
    """Bằng khen, giấy khen, giấy công nhận, kỷ niệm chương."""

    MERIT_CERTIFICATE = "merit_certificate"
    COMMENDATION_LETTER = "commendation_letter"
    RECOGNITION_CERTIFICATE = "recognition_certificate"
    COMMEMORATIVE_MEDAL = "commemorative_medal"


class CommendingAuthority(StrEnum):
    """Whose commendation it is."""

    STATE = "state"
    GOVERNMENT = "government"
    MINISTRY = "ministry"
    PROVINCIAL_PEOPLES_COMMITTEE = "provincial_peoples_committee"
    PROVINCIAL_POLICE = "provincial_police"
    DISTRICT_PEOPLES_COMMITTEE = "district_peoples_committee"
    COMMUNE_PEOPLES_COMMITTEE = "commune_peoples_committee"
    COMMUNE_POLICE = "commune_police"
    ORGANISATION = "organisation"


class CommendationState(StrEnum):
    """How far a commendation has come."""

    NOMINATED = "nominated"
    REVIEWED = "reviewed"
    APPROVED = "approved"
    AWARDED = "awarded"
    DECLINED = "declined"
    REVOKED = "revoked"


class SubjectKind(StrEnum):
    """What sets the example."""

    COLLECTIVE = "collective"
    MODEL = "model"
    UNIT = "unit"
    PERSON = "person"


def _lists(table: str, *more: Index | CheckConstraint) -> Any:
    """The indexes by which the list of a place comes in its order."""
    places = ("province", "district", "commune", "village")
    own = (Index(f"ix_{table}_{place}_id_id", f"{place}_id", "id") for place in places)
    return (*more, *own, Index(f"ix_{table}_unit_id_id", "unit_id", "id"))


def _searched(table: str) -> Index:
    how: dict[str, Any] = {
        "postgresql_using": "gin",
        "postgresql_ops": {"search_key": "gin_trgm_ops"},
    }
    return Index(f"ix_{table}_search_key", "search_key", **how)


PERIOD = "period_from <= period_to AND period_from >= 1900 AND period_to <= 2200"
NUMBERED = "issuer_eid IS NOT NULL AND number IS NOT NULL AND symbol IS NOT NULL"


class Document(Row, Placed, table=True):
    """A paper of an agency: its number, symbol and date, who issued it, for which years."""

    __tablename__ = "document"
    __table_args__ = _lists(
        "document",
        CheckConstraint(PERIOD, name="period_begins_before_it_ends"),
        CheckConstraint("in_force_on >= issued_on", name="in_force_after_issue"),
        CheckConstraint(
            "issued_year IS NOT DISTINCT FROM CAST(EXTRACT(year FROM issued_on) AS integer)",
            name="year_is_that_of_the_date",
        ),
        Index(
            "uq_document_numbered", "issuer_eid", "number", "symbol", "issued_year",
            unique=True, postgresql_where=text(f"{NUMBERED} AND issued_year IS NOT NULL"),
        ),
        Index("ix_document_issued_on_id", "issued_on", "id"),
        Index("ix_document_kind_id", "kind", "id"),
        _searched("document"),
    )  # fmt: skip

    unit_id: UUID = Field(foreign_key="unit.id")
    kind: DocumentKind = Field(sa_type=text_enum(DocumentKind))
    number: str | None = Field(default=None, max_length=30)
    symbol: str | None = Field(default=None, max_length=60)
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
    """What one document does to an earlier one: amends, replaces or repeals it."""

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
    """A file that belongs to a document; its content lies in the storage, under its SHA-256."""

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


class StatedTally(Row, Placed, table=True):
    """A number that a source states, in its own words; it stands for no rows and makes none."""

    __tablename__ = "stated_tally"
    __table_args__ = _lists(
        "stated_tally",
        CheckConstraint(PERIOD, name="period_begins_before_it_ends"),
        CheckConstraint("count >= 0", name="count_is_not_negative"),
        CheckConstraint("counts = 'documents' OR kind IS NULL", name="kind_is_of_documents"),
        CheckConstraint("counts = 'commendations' OR form IS NULL", name="form_is_of_commendation"),
        Index(
            "uq_stated_tally_once",
            "unit_id", "counts", "label", "period_from", "period_to", "source",
            unique=True,
        ),
    )  # fmt: skip

    unit_id: UUID = Field(foreign_key="unit.id")
    counts: TallyOf = Field(sa_type=text_enum(TallyOf))
    label: str = Field(max_length=300)
    kind: DocumentKind | None = Field(default=None, sa_type=text_enum(DocumentKind))
    form: CommendationForm | None = Field(default=None, sa_type=text_enum(CommendationForm))
    level: UnitLevel | None = Field(default=None, sa_type=text_enum(UnitLevel))
    period_from: int
    period_to: int
    count: int
    qualifier: Qualifier = Field(sa_type=text_enum(Qualifier))
    quote: str = Field(max_length=2000)
    source: str = Field(max_length=300)


class Commendation(Row, Placed, table=True):
    """A commendation on its way or given; who is a person is a label that few may read."""

    __tablename__ = "commendation"
    __table_args__ = _lists(
        "commendation",
        CheckConstraint(
            "CASE WHEN recipient_kind = 'individual' THEN recipient_name IS NULL "
            "ELSE recipient_label IS NULL AND recipient_name IS NOT NULL END",
            name="persons_are_labels",
        ),
        CheckConstraint(
            "state NOT IN ('awarded', 'revoked') OR "
            "(awarded_on IS NOT NULL AND document_id IS NOT NULL)",
            name="awarded_by_a_document",
        ),
        Index("ix_commendation_document_id_id", "document_id", "id"),
        Index("ix_commendation_state_id", "state", "id"),
        Index("ix_commendation_awarded_on_id", "awarded_on", "id"),
        _searched("commendation"),
    )

    unit_id: UUID = Field(foreign_key="unit.id")
    recipient_kind: RecipientKind = Field(sa_type=text_enum(RecipientKind))
    recipient_name: str | None = Field(default=None, max_length=300)
    recipient_label: str | None = Field(default=None, max_length=300)
    form: CommendationForm = Field(sa_type=text_enum(CommendationForm))
    authority: CommendingAuthority = Field(sa_type=text_enum(CommendingAuthority))
    level: UnitLevel = Field(sa_type=text_enum(UnitLevel))
    achievement: str = Field(max_length=2000)
    document_id: UUID | None = Field(default=None, foreign_key="document.id")
    awarded_on: date | None = None
    state: CommendationState = Field(
        default=CommendationState.NOMINATED, sa_type=text_enum(CommendationState)
    )
    search_key: str


class Exemplar(Row, Placed, table=True):
    """An example that others follow (điển hình tiên tiến), for a year and at a level."""

    __tablename__ = "exemplar"
    __table_args__ = _lists(
        "exemplar",
        CheckConstraint(
            "CASE WHEN subject_kind = 'person' THEN subject_name IS NULL "
            "ELSE subject_label IS NULL AND subject_name IS NOT NULL END",
            name="persons_are_labels",
        ),
        CheckConstraint("year BETWEEN 1900 AND 2200", name="year_is_one"),
        Index("ix_exemplar_commendation_id", "commendation_id"),
        Index("ix_exemplar_year_id", "year", "id"),
        _searched("exemplar"),
    )

    unit_id: UUID = Field(foreign_key="unit.id")
    subject_kind: SubjectKind = Field(sa_type=text_enum(SubjectKind))
    subject_name: str | None = Field(default=None, max_length=300)
    subject_label: str | None = Field(default=None, max_length=300)
    year: int
    level: UnitLevel = Field(sa_type=text_enum(UnitLevel))
    description: str = Field(max_length=4000)
    commendation_id: UUID | None = Field(default=None, foreign_key="commendation.id")
    search_key: str
