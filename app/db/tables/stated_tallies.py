"""Numbers of documents, commendations and tips as sources state them; they stand for no rows."""

from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, Index
from sqlmodel import Field

from app.db.base import Row, UnitScoped, place_indexes, text_enum
from app.db.tables.commendations import CommendationForm
from app.db.tables.documents import PERIOD, DocumentKind
from app.db.tables.units import UnitLevel


class Qualifier(StrEnum):
    """Exactness of a number that a source states."""

    EQUAL = "equal"  # =
    MORE_THAN = "more_than"  # >
    ALMOST = "almost"  # <~
    AT_LEAST = "at_least"  # >=


class TallyOf(StrEnum):
    """Thing that a number counts."""

    DOCUMENTS = "documents"
    COMMENDATIONS = "commendations"
    TIPS = "tips"


class StatedTally(Row, UnitScoped, table=True):
    """A number as a source states it; no rows stand behind it."""

    __tablename__ = "stated_tally"
    __table_args__ = place_indexes(
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
