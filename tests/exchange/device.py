"""A device that works without a network: a copy of records, a queue, and what it pushes."""

from datetime import datetime
from typing import Any
from uuid import uuid4

from app.db.base import now, uuid7
from app.domain.exchange.sync import service
from tests.application import Caller

PUSH = "/api/v1/sync/operations"
service.MAX_SECONDS = 600.0  # what is put off is tested apart; a busy machine puts nothing off


def make_operation(
    kind: str, resource: str, record: str, values: dict[str, Any], version: int | None = None,
    base: dict[str, Any] | None = None, at: datetime | None = None, parent: str | None = None,
) -> dict[str, Any]:  # fmt: skip
    """Make an operation as a device notes it in its queue."""
    return {
        "operation_id": str(uuid7()), "kind": kind, "resource": resource, "record_id": record,
        "parent_id": parent, "base_version": version, "base": base or {}, "values": values,
        "client_time": (at or now()).isoformat(),
    }  # fmt: skip


def push(caller: Caller, *operations: dict[str, Any]) -> list[dict[str, Any]]:
    """Push operations; return the result of each."""
    answer = caller.post(PUSH, {"operations": list(operations), "sent_at": now().isoformat()})
    assert answer.status_code == 200, answer.text
    items: list[dict[str, Any]] = answer.json()["items"]
    return items


def name_it() -> str:
    return f"m{uuid4().hex}"
