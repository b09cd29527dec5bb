"""Refuse a session that ended with its unit: name the unit, its last day, its successors."""

import json

from sqlalchemy import text

from app.db.query.compiler import ACTOR_SUBJECT, ACTOR_UNIT
from app.db.query.statement import Statement
from app.db.session import Session, execute
from app.domain.errors import DomainError, Unauthenticated, UnitEnded

ENDED = "SELECT ended_unit_of(:subject, CAST(:unit AS uuid))"
READ_ENDED = Statement("SELECT ended_unit_of($1::text, $2::uuid)", (ACTOR_SUBJECT, ACTOR_UNIT), {})


async def refuse_session(session: Session, subject: str, unit: object = None) -> DomainError:
    """Return why a session does not hold: its unit has ended, or it is simply over."""
    values = {"subject": subject, "unit": unit}
    found = (await execute(session, text(ENDED), values)).scalar_one()
    return _to_error(found)


def explain_ended(found: bytes | None) -> DomainError:
    """Return the same from the answer to `READ_ENDED`."""
    return _to_error(json.loads(found) if found else None)


def _to_error(found: dict[str, object] | None) -> DomainError:
    if not found:
        return Unauthenticated()
    successors = list(found["successors"])  # type: ignore[call-overload]
    names = ", ".join(str(one["name"]) for one in successors) or "—"
    return UnitEnded(**found, _successors=names)
