"""The shape of the audit: who did or read what, for which unit; each read is an entry too."""

from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, func, literal_column, select

from app.db.query.shape import Field, Filter, Row, Shape, columns
from app.db.tables.audit import AuditLink
from app.db.tables.records import AuditEntry
from app.domain.actor import Level, Permission
from app.domain.audit.schemas import Place
from app.domain.records.shape import EITHER_END, choices, ranges
from app.domain.records.unit_names import UNIT_ID_KNOWN
from app.domain.scope import BY_PLACE


def _position(entry: Row) -> ColumnElement[Any]:
    link: Row = AuditLink
    found = select(link.position).where(link.entry_id == entry.id)
    return found.correlate(entry).scalar_subquery()


def _own_acts(entry: Row, unit: Any) -> ColumnElement[bool]:
    """In a village, where everybody knows everybody, one sees one's own acts only."""
    caller = func.current_setting("binhyen.subject", literal_column("true"))
    return (entry.village_id == unit) & (entry.subject == caller)  # type: ignore[no-any-return]


AUDIT_ENTRY = Shape(
    name="AuditEntry",
    table=AuditEntry,
    needs=Permission.AUDIT_READ,
    sensitive=True,
    scope={**BY_PLACE, Level.VILLAGE: _own_acts},
    id_type=UUID,
    orders=EITHER_END,
    fields=columns(
        AuditEntry,
        "id recorded_at act operation resource resource_id version fields reason detail subject "
        "client session_id roles actor_unit_id purpose request_id unit_id",
    )
    | {"position": Field(_position, Place | None)},
    filters={
        **choices(AuditEntry, "resource"),
        "resource_id": Filter(UUID, lambda entry: entry.resource_id),
        "subject": Filter(str, lambda entry: entry.subject),
        **choices(AuditEntry, "operation act"),
        "unit_id": Filter(UUID, lambda entry: entry.unit_id, known=UNIT_ID_KNOWN),
        **ranges(AuditEntry, "recorded_at"),
    },
)
