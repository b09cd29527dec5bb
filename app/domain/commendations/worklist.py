"""Commendations that wait: nominations."""

from app.db.tables.commendations import Commendation, CommendationState
from app.domain.actor import Permission
from app.domain.worklists import Waiting

WAITING = (
    Waiting(
        kind="commendation_nominated", table=Commendation,
        permission=Permission.COMMENDATION_DECIDE,
        where=lambda one: one.state == CommendationState.NOMINATED,
    ),
)  # fmt: skip
