"""Measures of returns: how many of a month were followed, and what became of them; never a case."""

from sqlalchemy import Text, cast

from app.db.tables.reintegration_cohorts import CohortOutcome, ReintegrationCohort
from app.domain.records.dimensions import Dimension
from app.domain.records.measures import Happens, Measure
from app.domain.reintegration.shape import CASE

FOLLOW_UP = Dimension(lambda row: cast(row.follow_up, Text), ("6", "12", "24", "36"))
OUTCOME = Dimension(lambda row: row.outcome, tuple(CohortOutcome), "case-cohort-outcomes")
RETURNS = Measure(
    code="returns_followed", shape=CASE, table=ReintegrationCohort, id=None,
    value=lambda row: row.returns, dated=Happens(lambda row: row.release_month),
    dimensions={"follow_up": FOLLOW_UP, "outcome": OUTCOME}, sensitive=True,
)  # fmt: skip
MEASURES = (RETURNS,)
