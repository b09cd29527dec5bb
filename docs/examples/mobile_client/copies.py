"""The copies of a device: taken whole once, and then by the feed of changes."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

from server import Server
from store import Store

FOLLOWED = "organisations,incidents,activities"


def pull(store: Store, server: Server) -> None:
    """Follow the feed of changes; without a cursor, or with one that has expired, begin again."""
    after = store.get("cursor")
    if after is None:
        after = server.call("GET", f"changes?resource={FOLLOWED}")["next"]
        for resource in FOLLOWED.split(","):
            fetch_list(store, server, resource)
    more = True
    while more:
        terms = urlencode({"resource": FOLLOWED, "items": "full", "after": after})
        page = server.call("GET", f"changes?{terms}")
        for item in page["items"]:
            take(store, server, item)
        after, more = page["next"], page["more"]
    store.put(cursor=after)


def take(store: Store, server: Server, item: dict[str, Any]) -> None:
    """Take one item of the feed: a record, or a unit that lies elsewhere now."""
    for resource in item["reload"]:
        fetch_list(store, server, resource)
    if item["id"] and item["record"] and item["kind"] != "voided":
        store.write(item["resource"], item["record"])
    elif item["id"]:
        store.drop("id = ?", item["id"])
    for resource in item["resources"]:
        store.drop("resource = ? AND record ->> 'unit_id' = ?", resource, item["unit_id"])
        if item["kind"] == "scope_gained":
            fetch_list(store, server, resource, unit=item["within_unit_id"])


def fetch_list(store: Store, server: Server, resource: str, **narrow: str) -> None:
    if not narrow:
        store.drop("resource = ?", resource)
    for record in _list(server, resource, narrow):
        store.write(resource, record)


def _list(server: Server, resource: str, narrow: dict[str, str]) -> Iterator[dict[str, Any]]:
    cursor: dict[str, str] = {}
    while True:
        page = server.call("GET", f"{resource}?" + urlencode({"limit": 100, **narrow, **cursor}))
        yield from page["items"]
        if not page["next"]:
            return
        cursor = {"cursor": page["next"]}
