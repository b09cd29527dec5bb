"""The queue of a device: noted without a network, pushed when there is one."""

import os
import time
import uuid
from datetime import UTC, datetime
from typing import Any

from copies import pull
from server import Server
from store import Store


def make_id() -> str:
    """Make a UUID of version 7."""
    number = int(time.time() * 1000) << 80 | int.from_bytes(os.urandom(10))
    number = number & ~(0xF << 76) & ~(0x3 << 62) | 0x7 << 76 | 0x2 << 62
    return str(uuid.UUID(int=number))


def note(store: Store, kind: str, resource: str, id: str, values: dict[str, Any]) -> None:
    """Note an operation in the queue, and in the copy: nothing of it needs a network."""
    operation = {
        "operation_id": make_id(), "kind": kind, "resource": resource, "record_id": id,
        "values": values, "client_time": datetime.now(UTC).isoformat(),
    }  # fmt: skip
    copy: dict[str, Any] = {"id": id, "version": 1}
    if kind != "create":
        copy = store.read(id)
        operation["base_version"] = copy["version"]
        operation["base"] = {name: copy[name] for name in values if name in copy}
    store.enqueue(operation)
    store.write(resource, copy | values)
    print(id)


def push(store: Store, server: Server) -> None:
    """Push the queue. What was not answered, or is left for later, is pushed again."""
    while queue := store.list_queue():
        operations = [operation for _, operation in queue]
        data = {"operations": operations, "sent_at": datetime.now(UTC).isoformat()}
        found = server.call("POST", "sync/operations", data)
        answered = list(zip(queue, found["items"], strict=True))
        tried = [one for one in answered if one[1]["status"] != "later"]
        store.dequeue(tried[-1][0][0])
        for _, item in tried:
            print(item["record_id"], item["status"], item["message_vi"] or "")
    pull(store, server)


def show_conflicts(server: Server) -> None:
    """Show what waits for a person: both values."""
    for one in server.call("GET", "sync-conflicts?state=open")["items"]:
        print(one["id"], one["field"], "mine:", one["mine"], "theirs:", one["theirs"])


def resolve(server: Server, id: str, choice: str) -> None:
    """Resolve a conflict, by the record as it is now."""
    conflict = server.call("GET", f"sync-conflicts/{id}")
    record = server.call("GET", f"{conflict['resource']}/{conflict['record_id']}")
    data: dict[str, Any] = {"choice": choice, "record_version": record["version"]}
    tag = {"If-Match": f'"{conflict["version"]}"'}
    print(server.call("POST", f"sync-conflicts/{id}/resolve", data, **tag)["state"])
