"""Emergency openings of cases that wait for the review of a superior, and for an auditor."""

from app.db.query.shape import Row, Test
from app.db.tables.reintegration_openings import CaseOpeningState, ReintegrationOpening
from app.domain.actor import Permission
from app.domain.reintegration.openings.shape import OPENING_SCOPE, find_review_day
from app.domain.worklists import Waiting


def _is_unreviewed(opening: Row) -> Test:
    unreviewed: Test = opening.state == CaseOpeningState.UNREVIEWED
    return unreviewed


WAITING = (
    Waiting(
        kind="case_opening_to_review", table=ReintegrationOpening, scope=OPENING_SCOPE,
        permission=Permission.CASE_REVIEW_OPENING, where=_is_unreviewed,
        title=lambda opening: opening.case_number, due=find_review_day,
    ),
    Waiting(
        kind="case_opening_to_audit", table=ReintegrationOpening, scope=OPENING_SCOPE,
        permission=Permission.AUDIT_READ, where=_is_unreviewed,
        title=lambda opening: opening.case_number, due=find_review_day,
    ),
)  # fmt: skip
