"""Measures of returns and of people in support: how many, and how it came out; never a case."""

from sqlalchemy import Text, cast

from app.db.tables.reintegration_cohorts import (
    CohortOutcome,
    ReintegrationCohort,
    ReintegrationSupportTally,
)
from app.domain.records.dimensions import Dimension
from app.domain.records.measures import Happens, Measure, between
from app.domain.reintegration.shape import CASE

FOLLOW_UP = Dimension(lambda row: cast(row.follow_up, Text), ("6", "12", "24", "36"))
OUTCOME = Dimension(lambda row: row.outcome, tuple(CohortOutcome), "case-cohort-outcomes")
RETURNS = Measure(
    code="returns_followed", shape=CASE, table=ReintegrationCohort, id=None,
    value=lambda row: row.returns, dated=Happens(lambda row: row.release_month),
    dimensions={"follow_up": FOLLOW_UP, "outcome": OUTCOME}, sensitive=True,
)  # fmt: skip
YES_OR_NO = ("true", "false")
IN_SUPPORT = Measure(
    code="people_in_support", shape=CASE, table=ReintegrationSupportTally, id=None,
    value=lambda row: row.people, dated=between("since", "until"),
    dimensions={
        "has_job": Dimension(lambda row: cast(row.has_job, Text), YES_OR_NO),
        "is_stable": Dimension(lambda row: cast(row.is_stable, Text), YES_OR_NO),
    }, sensitive=True,
)  # fmt: skip
MEASURES = (RETURNS, IN_SUPPORT)
