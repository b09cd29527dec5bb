"""Reintegration cases as a kind of confidential record: of those who have a part in them."""

from typing import Any

from sqlalchemy import ColumnElement, func, literal_column, select

from app.db.aliases import alias_table
from app.db.query.shape import Row
from app.db.tables.reintegration import CaseState, ReintegrationAssignment, ReintegrationCase
from app.domain.actor import Permission
from app.domain.confidential.kinds import ConfidentialKind
from app.domain.confidential.scope import HELD_BY_PLACE, narrow_scope
from app.domain.reintegration.errors import CaseSealed

SUBJECT: Any = func.current_setting("binhyen.subject", literal_column("true"))  # of the caller
ROLES: Any = func.string_to_array(
    func.current_setting("binhyen.roles", literal_column("true")), literal_column("' '")
)
MINOR_WORKERS: Any = literal_column("'{minor_worker}'::text[]")


def serves(row: Row) -> ColumnElement[bool]:
    """Test for cases of adults; those of people under 18 are for who may support them too."""
    found: ColumnElement[bool] = ~row.is_minor | ROLES.op("&&")(MINOR_WORKERS)
    return found


def has_part(row: Row) -> ColumnElement[bool]:
    """Test for cases in which the caller has a part; an offer is for the workers of its unit."""
    if hasattr(row, "from_unit_id"):
        return func.serves_case(row.case_id)
    given: Row = alias_table(ReintegrationAssignment)
    live = select(given.id).where(
        given.case_id == row.id, given.subject == SUBJECT, given.ended_on.is_(None)
    )
    return live.correlate(row).exists() & serves(row)


CASE_KIND = ConfidentialKind(
    table=ReintegrationCase,
    reference="case_id",
    assignments=ReintegrationAssignment,
    read=Permission.CASE_READ,
    no_key=CaseSealed,
    scope=narrow_scope(HELD_BY_PLACE, has_part),
)


def _is_readable(row: Row) -> ColumnElement[bool]:
    """Test for cases that are not gone, and are the caller's or open to them in an emergency."""
    by_opening = (row.state != CaseState.CLOSED) & func.opening_of_case(row.id).is_not(None)
    found: ColumnElement[bool] = row.expired_on.is_(None) & (has_part(row) | by_opening)
    return found


# To be read; changed within the scope of the kind alone.
READABLE = narrow_scope(HELD_BY_PLACE, _is_readable)


def is_orphaned(row: Row) -> ColumnElement[bool]:
    """Test for cases in which nobody who may work on them has the lead or a part."""
    return func.is_case_orphaned(row.id)


def is_handover_late(row: Row) -> ColumnElement[bool]:
    """Test for cases that were offered, and not taken within the time limit."""
    return func.is_case_handover_late(row.id)


def _is_unattended(row: Row) -> ColumnElement[bool]:
    return is_orphaned(row) | is_handover_late(row)


# What the superior sees: that there is a case, and nothing of the person.
UNATTENDED = narrow_scope(HELD_BY_PLACE, _is_unattended)
