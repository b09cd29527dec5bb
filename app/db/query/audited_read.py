"""Audited reads: the policies learn the actor, the audit records the ids that were read.

Both happen in the transaction of the read, and the answer leaves only after its commit.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import astuple, dataclass
from datetime import datetime
from uuid import UUID

from app.db.literals import write_literal

SET_READER = """
SELECT set_config('binhyen.subject', $1, true), set_config('binhyen.level', $2, true),
       set_config('binhyen.unit', $3, true), set_config('binhyen.roles', $4, true),
       set_config('binhyen.client', $5, true), set_config('binhyen.exclusion_key', $6, true),
       set_config('binhyen.at', $7, true)
"""

# A token may outlive the unit it was given for: the entry is stored all the same.
INSERT_READS = """
INSERT INTO audit_entry (id, recorded_at, act, operation, resource, resource_id, fields, detail,
  subject, client, session_id, roles, actor_unit_id, purpose, request_id, unit_id)
VALUES ($1, $2, 'read', $3, $4, $5, '{}', $6, $7, $8, $9, $10, $11, $12, $13,
  (SELECT id FROM unit WHERE id = $11))
"""


@dataclass(frozen=True, slots=True)
class ReadEntry:
    """One read as an audit row, in the order of the columns of INSERT_READS."""

    id: UUID
    recorded_at: datetime
    operation: str
    resource: str
    resource_id: UUID | None
    detail: str
    subject: str
    client: str
    session_id: UUID | None
    roles: list[str]
    unit_id: UUID
    purpose: str | None
    request_id: str | None


def insert_read(entry: ReadEntry) -> str:
    """Return the statement that inserts an entry, to go with others in one turn."""
    numbered = [write_literal(value) for value in astuple(entry)]
    return re.sub(r"\$(\d+)", lambda found: numbered[int(found[1]) - 1], INSERT_READS)


@dataclass(frozen=True, slots=True)
class ReadAudit:
    """The actor of a read, and the audit rows for the ids of each sensitive shape."""

    actor: tuple[str, str, str, str, str]  # as SET_READER takes it
    of: Callable[[bytes | None, Sequence[Sequence[str]]], Sequence[ReadEntry]]
