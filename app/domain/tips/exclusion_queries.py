"""SQL that asks whether a tip excludes a unit or a person."""

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import text

from app.db.session import Session, execute

BARRED_UNIT = "SELECT is_tip_excluded(:tip, unit_origins(unit_heirs(ARRAY[CAST(:unit AS uuid)])))"
BARRED_SUBJECT = """
SELECT is_tip_excluded(:tip, unit_origins(subject_units(:subject) || CAST(:units AS uuid[])))
"""


async def is_unit_barred(session: Session, tip: UUID, unit: UUID) -> bool:
    """Return whether a tip excludes a unit, one above it, or one that went into these."""
    return bool(
        (await execute(session, text(BARRED_UNIT), {"tip": tip, "unit": unit})).scalar_one()
    )


async def is_subject_barred(
    session: Session, tip: UUID, subject: str, units: Iterable[UUID] = ()
) -> bool:
    """Return whether a tip excludes a person by a unit they belong to, or by one of these."""
    values = {"tip": tip, "subject": subject, "units": list(units)}
    return bool((await execute(session, text(BARRED_SUBJECT), values)).scalar_one())
