"""Cases on the worklist: openings to review, and the deadlines of those who have a part in one."""

from typing import Any

from sqlalchemy import ColumnElement, select

from app.db.aliases import alias_table
from app.db.query.shape import Row, Test
from app.db.tables.deadlines import Deadline
from app.db.tables.reintegration import ReintegrationCase
from app.db.tables.reintegration_openings import CaseOpeningState, ReintegrationOpening
from app.db.tables.reintegration_requests import ReintegrationRequest
from app.domain.actor import Permission
from app.domain.reintegration.kind import CASE_KIND
from app.domain.reintegration.openings.shape import OPENING_SCOPE, find_review_day
from app.domain.reintegration.parts import OF_CASE, OF_REQUEST
from app.domain.reintegration.rule_codes import RESOURCE
from app.domain.scope import Scope
from app.domain.worklists import Waiting


def _is_unreviewed(opening: Row) -> Test:
    unreviewed: Test = opening.state == CaseOpeningState.UNREVIEWED
    return unreviewed


def _is_of_case(deadline: Row, case: Row) -> Test:
    return (deadline.resource == OF_CASE) & (deadline.resource_id == case.id)  # type: ignore[no-any-return]


def _is_of_request(deadline: Row, case: Row) -> Test:
    request: Row = alias_table(ReintegrationRequest)
    asked = select(request.id).where(request.case_id == case.id).correlate(case)
    return (deadline.resource == OF_REQUEST) & deadline.resource_id.in_(asked)  # type: ignore[no-any-return]


def _wait_for(kind: str, of: Any) -> Waiting:
    """Let the deadlines of a case wait that are not met, for those who have a part in it."""

    def narrow(level: str) -> Any:
        def test(deadline: Row, unit: Any) -> ColumnElement[bool]:
            case: Row = alias_table(ReintegrationCase)
            mine = CASE_KIND.live_scope[level](case, unit) & of(deadline, case)
            return select(case.id).where(mine).correlate(deadline).exists()

        return test

    def read(column: str) -> Any:
        def value(deadline: Row) -> Any:
            case: Row = alias_table(ReintegrationCase)
            found = select(getattr(case, column)).where(of(deadline, case))
            return found.correlate(deadline).scalar_subquery()

        return value

    scope: Scope = {level: narrow(level) for level in CASE_KIND.live_scope}
    return Waiting(
        kind=kind, table=Deadline, scope=scope, permission=Permission.CASE_WRITE,
        where=lambda deadline: deadline.met_at.is_(None), title=read("case_number"),
        due=lambda deadline: deadline.due_on, resource=RESOURCE, record=read("id"),
    )  # fmt: skip


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
    _wait_for("case_deadline_to_meet", _is_of_case),
    _wait_for("case_request_to_answer", _is_of_request),
)  # fmt: skip
