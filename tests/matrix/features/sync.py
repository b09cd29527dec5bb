"""Offline sync, in the matrix."""

from typing import TYPE_CHECKING
from uuid import UUID

from app.db.base import now, uuid7
from app.db.session import Session
from app.db.tables.sync import SyncConflict
from tests.matrix.makers import Make, put
from tests.matrix.recipe import About, Recipe, Request, one

if TYPE_CHECKING:
    from tests.matrix.scenario import Scenario


async def _make_conflict(scenario: "Scenario", session: Session, path: str) -> UUID:
    row = SyncConflict(
        unit_id=scenario.country[path], operation_id=uuid7(), resource="organisations",
        record_id=uuid7(), field="name", value_permission="sync:read",
        change_permission="sync:write", base={"name": "a"}, mine={"name": "b"},
        theirs={"name": "c"}, base_version=1, their_version=2, client_time=now(),
    )  # fmt: skip
    return await put(session, row)


def _push(about: About) -> Request:
    """Push one operation; whatever becomes of it, the push is answered."""
    operation = {
        "operation_id": str(uuid7()), "kind": "create", "resource": "organisations",
        "record_id": str(uuid7()), "client_time": now().isoformat(),
        "values": {"unit": str(about.unit), "kind": "school", "name": f"Trường {uuid7()}"},
    }  # fmt: skip
    return Request(data={"operations": [operation], "sent_at": now().isoformat()})


RECIPES: dict[str, Recipe] = {
    "POST /api/v1/sync/operations": _push,
    "POST /api/v1/sync-conflicts/{id}/resolve": one(choice="theirs"),
}

MAKERS: dict[str, Make] = {"sync_conflict": _make_conflict}

PLACES = {"sync-conflicts": "SELECT id, unit_id FROM sync_conflict"}
VERSIONED = ("sync_conflict",)
