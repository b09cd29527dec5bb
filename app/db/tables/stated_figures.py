"""Figures as sources state them; no records stand behind them."""

from datetime import date
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, Numeric, text
from sqlmodel import Field

from app.db.base import (
    STANDS,
    Row,
    UnitScoped,
    Voidable,
    changed_index,
    place_indexes,
    text_enum,
    voided_check,
)
from app.db.tables.units import UnitLevel


class Qualifier(StrEnum):
    """Exactness of a figure that a source states."""

    EQUAL = "equal"  # =
    MORE_THAN = "more_than"  # >: trên, hơn
    ALMOST = "almost"  # <~: gần
    AT_LEAST = "at_least"  # ≥: từ … trở lên
    LESS_THAN = "less_than"  # <: dưới
    AT_MOST = "at_most"  # ≤: không quá
    ABOUT = "about"  # ≈: khoảng
    UNQUANTIFIED = "unquantified"  # nhiều: no number is given, which is not 0


class PeriodPrecision(StrEnum):
    """Precision with which a source states the period of a figure."""

    DAY = "day"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"
    APPROXIMATE = "approximate"
    UNDATED = "undated"


class SubjectResource(StrEnum):
    """Kind of record that a figure is about."""

    MODEL = "model"
    MODEL_TYPE = "model_type"
    TEAM = "team"
    DOCUMENT = "document"
    ORGANISATION = "organisation"


ONCE = (
    "unit_id", "measure", "label", "category", "period_from", "period_to", "source", "document_id",
)  # fmt: skip


class StatedFigure(Row, UnitScoped, Voidable, table=True):
    """A figure as a source states it; no records stand behind it."""

    __tablename__ = "stated_figure"
    __table_args__ = place_indexes(
        "stated_figure",
        changed_index("stated_figure"),
        CheckConstraint(
            "(qualifier = 'unquantified' OR value_text IS NOT NULL) = (value IS NULL)",
            name="unquantified_has_no_value",
        ),
        CheckConstraint("value >= 0 OR delta_only", name="only_a_change_is_negative"),
        CheckConstraint(
            "CASE WHEN precision = 'undated' THEN period_from IS NULL AND period_to IS NULL "
            "ELSE period_from IS NOT NULL AND period_to IS NOT NULL END",
            name="dated_has_both_days",
        ),
        CheckConstraint("period_from <= period_to", name="period_begins_before_it_ends"),
        CheckConstraint(
            "(compared_from IS NULL) = (compared_to IS NULL) AND compared_from <= compared_to "
            "AND (compared_from IS NULL OR delta_only)",
            name="a_change_compares",
        ),
        CheckConstraint(
            "precision <> 'approximate' OR period_text IS NOT NULL", name="approximate_has_words"
        ),
        CheckConstraint(
            "(subject_resource IS NULL) = (subject_id IS NULL)", name="subject_is_whole"
        ),
        CheckConstraint("source IS NOT NULL OR document_id IS NOT NULL", name="has_a_source"),
        voided_check(),
        Index(
            "uq_stated_figure_once", *ONCE, unique=True, postgresql_nulls_not_distinct=True,
            postgresql_where=STANDS,
        ),
        Index("ix_stated_figure_measure_id", "measure", "id"),
        Index("ix_stated_figure_category_id", "category", "id"),
        Index("ix_stated_figure_qualifier_id", "qualifier", "id"),
        Index("ix_stated_figure_period_from_id", "period_from", "id"),
        Index("ix_stated_figure_period_to_id", "period_to", "id"),
        Index("ix_stated_figure_document_id_id", "document_id", "id"),
        Index("ix_stated_figure_subject_id_id", "subject_id", "id"),
        Index("ix_stated_figure_reference_id", "reference", "id"),
        voidable=True,
    )  # fmt: skip

    unit_id: UUID = Field(foreign_key="unit.id")
    measure: str = Field(max_length=60)
    counting_unit: str = Field(max_length=60)
    category: str | None = Field(default=None, max_length=60)
    level: UnitLevel | None = Field(default=None, sa_type=text_enum(UnitLevel))
    label: str = Field(max_length=300)
    value: Decimal | None = Field(default=None, sa_type=Numeric)
    qualifier: Qualifier = Field(sa_type=text_enum(Qualifier))
    delta_only: bool = Field(default=False, sa_column_kwargs={"server_default": text("false")})
    compared_from: date | None = None
    compared_to: date | None = None
    period_from: date | None = None
    period_to: date | None = None  # the last day of the period
    precision: PeriodPrecision = Field(sa_type=text_enum(PeriodPrecision))
    period_text: str | None = Field(default=None, max_length=100)
    subject_resource: SubjectResource | None = Field(
        default=None, sa_type=text_enum(SubjectResource)
    )
    subject_id: UUID | None = None
    document_id: UUID | None = Field(default=None, foreign_key="document.id")
    source: str | None = Field(default=None, max_length=300)
    quote: str | None = Field(default=None, max_length=2000)
    reference: str | None = Field(default=None, max_length=100)
    # as the source prints it, where no code or number holds it
    value_text: str | None = Field(default=None, max_length=100)
    counting_unit_text: str | None = Field(default=None, max_length=100)
    place_text: str | None = Field(default=None, max_length=200)
