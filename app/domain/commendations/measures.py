"""Measures of commendations and exemplars."""

from typing import Any

from sqlalchemy import func, literal_column

from app.db.tables.commendations import Commendation, CommendationState, Exemplar
from app.domain.commendations.shape import COMMENDATION, EXEMPLAR
from app.domain.records.dimensions import by_columns
from app.domain.records.measures import Happens, Measure

LAST_DAY: tuple[Any, Any] = (literal_column("12"), literal_column("31"))
MEASURES = (
    Measure(
        code="commendations_given",
        shape=COMMENDATION,
        dated=Happens(lambda one: one.awarded_on),
        where=lambda one: one.state == literal_column(f"'{CommendationState.AWARDED}'"),
        dimensions=by_columns(Commendation, "form level authority recipient_kind"),
    ),
    Measure(  # known by the year alone
        code="exemplars",
        shape=EXEMPLAR,
        dated=Happens(lambda one: func.make_date(one.year, *LAST_DAY)),
        dimensions=by_columns(Exemplar, "subject_kind level"),
    ),
)
