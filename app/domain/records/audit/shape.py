"""What can be read of the audit: who did or read what, for which unit; each read is on it too."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, select

from app.db.shape import CHOICE, RANGE, Field, Filter, Order, Row, Shape, columns
from app.db.tables.audit import AuditLink
from app.db.tables.records import Act, AuditEntry
from app.domain.actor import Permission
from app.domain.records.audit.schemas import Place
from app.domain.scope import BY_PLACE


def _position(entry: Row) -> ColumnElement[Any]:
    link: Row = AuditLink
    found = select(link.position).where(link.entry_id == entry.id)
    return found.correlate(entry).scalar_subquery()


AUDIT_ENTRY = Shape(
    name="AuditEntry",
    table=AuditEntry,
    needs=Permission.AUDIT_READ,
    sensitive=True,
    scope=BY_PLACE,
    id_type=UUID,
    orders={
        "newest": Order(lambda entry: [entry.id], descending=True),
        "oldest": Order(lambda entry: [entry.id]),
    },
    fields=columns(
        AuditEntry,
        "id recorded_at act operation resource resource_id version fields reason detail subject "
        "client session_id roles actor_unit_id purpose request_id unit_id",
    )
    | {"position": Field(_position, Place | None)},
    filters={
        "resource": Filter(str, lambda entry: entry.resource, CHOICE),
        "resource_id": Filter(UUID, lambda entry: entry.resource_id),
        "subject": Filter(str, lambda entry: entry.subject, doc="who did it"),
        "operation": Filter(str, lambda entry: entry.operation, CHOICE),
        "act": Filter(Act, lambda entry: entry.act, CHOICE),
        "unit_id": Filter(UUID, lambda entry: entry.unit_id, doc="for which unit, by id"),
        "recorded_at": Filter(datetime, lambda entry: entry.recorded_at, RANGE),
    },
)
