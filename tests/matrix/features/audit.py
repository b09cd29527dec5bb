"""The audit, in the matrix."""

from typing import TYPE_CHECKING
from uuid import UUID

from app.db.session import Session
from app.db.tables.records import Act, AuditEntry
from tests.matrix.makers import Make
from tests.matrix.recipe import Recipe, Request

if TYPE_CHECKING:
    from tests.matrix.scenario import Scenario

MARKED = "marked"  # whose acts are in the audit from the first


async def _make_audit(scenario: "Scenario", session: Session, path: str) -> UUID:
    entry = AuditEntry(
        act=Act.CHANGE, operation="model:update", resource="model", subject=MARKED,
        client="giver", unit_id=scenario.country[path],
    )  # fmt: skip
    session.add(entry)
    await session.flush()
    return entry.id


RECIPES: dict[str, Recipe] = {
    "GET /api/v1/audit": lambda about: Request(where={"subject": MARKED}),
    "GET /api/v1/audit/heads": lambda about: Request(),
    "POST /api/v1/audit/verifications": lambda about: Request(data={}),
}  # fmt: skip

MAKERS: dict[str, Make] = {
    "audit": _make_audit,
}

PLACES = {"audit": f"SELECT id, unit_id FROM audit_entry WHERE subject = '{MARKED}'"}
SENSITIVE = ("audit_entry",)
