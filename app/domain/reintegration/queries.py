"""SQL on the deadlines of a case, and on those that nobody looks after."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import text
from sqlmodel import col, select

from app.db.session import Session, execute
from app.db.tables.deadlines import Deadline
from app.domain.reintegration.rule_codes import QUARTER_REPORT, RESOURCE


async def find_unmet_deadline(
    session: Session, resource: str, id: UUID, rule: str
) -> Deadline | None:
    """Find the newest deadline of a record by a rule that is not met, late or not."""
    statement = select(Deadline).where(
        Deadline.resource == resource, Deadline.resource_id == id,
        Deadline.rule_code == rule, col(Deadline.met_at).is_(None),
    )  # fmt: skip
    newest = statement.order_by(col(Deadline.started_at).desc(), col(Deadline.id).desc()).limit(1)
    return (await session.exec(newest)).first()


async def is_orphaned(session: Session, case: UUID) -> bool:
    """Return whether nobody who may work on a case has the lead or a part in it."""
    found = await execute(session, text("SELECT is_case_orphaned(:case)"), {"case": case})
    return bool(found.scalar_one())


async def is_open_to_caller(session: Session, case: UUID) -> bool:
    """Return whether the caller reads a case by an emergency opening at this moment."""
    found = await execute(session, text("SELECT opening_of_case(:case)"), {"case": case})
    return found.scalar_one() is not None


async def list_cases_in_support(session: Session, since: datetime) -> Sequence[tuple[UUID, UUID]]:
    """List the cases in support since before, each with its unit, that have no report to make."""
    started = (
        "SELECT c.id, c.unit_id FROM cases_in_support() c WHERE NOT EXISTS (SELECT FROM deadline d "
        "WHERE d.resource = :resource AND d.resource_id = c.id AND d.rule_code = :rule "
        "AND (d.started_at >= :since OR d.state IN ('running', 'extended', 'paused'))) "
        "AND NOT EXISTS (SELECT FROM transition t WHERE t.resource_id = c.id "
        "AND t.to_state = 'supporting' AND t.recorded_at >= :since)"
    )
    values = {"resource": RESOURCE, "rule": QUARTER_REPORT, "since": since}
    found = (await execute(session, text(started), values)).all()
    return [(row.id, row.unit_id) for row in found]
