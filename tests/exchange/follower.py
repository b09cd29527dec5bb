"""A follower: a program that keeps copies of lists by the feed of changes, as the guide says."""

import asyncio
from typing import Any

from sqlalchemy import text

from app.db.session import Session, execute
from tests.application import Application, Caller, runner

FEED = "/api/v1/changes"
Copy = dict[str, dict[str, Any]]  # by id


def settle(application: Application) -> None:
    """Wait until the feed shows what was committed: it waits for all transactions under way.

    PostgreSQL counts those of other databases too, and so those of tests that run beside this one.
    """
    runner().run(_settle(application))


async def _settle(application: Application) -> None:
    async with application.behind() as session:
        mine = await _number(session, "pg_current_xact_id()")
    for _ in range(2_400):
        async with application.behind() as session:
            if await _number(session, "pg_snapshot_xmin(pg_current_snapshot())") > mine:
                return
        await asyncio.sleep(0.05)
    raise TimeoutError("A transaction has been open for two minutes")


async def _number(session: Session, expression: str) -> int:
    found: int = (
        await execute(session, text(f"SELECT CAST({expression} AS text)::bigint"))
    ).scalar_one()
    return found


class Follower:
    """Copies of some lists; it takes them whole once, and then only what the feed tells."""

    def __init__(self, caller: Caller, *resources: str) -> None:
        self.caller, self.resources = caller, resources
        self.copies: dict[str, Copy] = {}
        self.told: list[dict[str, Any]] = []
        self.after = self.read()["next"]
        for resource in resources:
            self.copies[resource] = self.fetch_list(resource)

    def read(self, **more: Any) -> dict[str, Any]:
        asked = {"resource": ",".join(self.resources), "items": "full", **more}
        answer = self.caller.get(FEED, **asked)
        assert answer.status_code == 200, answer.text
        found: dict[str, Any] = answer.json()
        return found

    def fetch_list(self, resource: str, **narrow: Any) -> Copy:
        """Take a list, or a part of it, from the first page to the last."""
        found: Copy = {}
        cursor: dict[str, Any] = {}
        while True:
            answer = self.caller.get(f"/api/v1/{resource}", limit=100, **cursor, **narrow)
            assert answer.status_code == 200, answer.text
            page = answer.json()
            found |= {row["id"]: row for row in page["items"]}
            if not page["next"]:
                return found
            cursor = {"cursor": page["next"]}

    def catch_up(self) -> None:
        """Follow up to what has been committed until now."""
        settle(self.caller.application)
        self.follow()

    def follow(self) -> None:
        """Go on until there is nothing more to read."""
        more = True
        while more:
            page = self.read(after=self.after)
            for item in page["items"]:
                self._apply(item)
            self.after, more = page["next"], page["more"]

    def _apply(self, item: dict[str, Any]) -> None:
        self.told.append(item)
        for resource in item["reload"]:
            self.copies[resource] = self.fetch_list(resource)
        if item["id"]:
            self._apply_record(self.copies[item["resource"]], item)
        elif item["kind"] in ("scope_lost", "scope_gained"):
            self._drop_unit(item)
            if item["kind"] == "scope_gained":
                self._take_unit(item)

    def _apply_record(self, copy: Copy, item: dict[str, Any]) -> None:
        if item["record"] is None or item["kind"] == "voided":
            copy.pop(item["id"], None)
        else:
            copy[item["id"]] = item["record"]

    def _drop_unit(self, item: dict[str, Any]) -> None:
        for resource in item["resources"]:
            copy = self.copies[resource]
            for id in [id for id, row in copy.items() if row.get("unit_id") == item["unit_id"]]:
                del copy[id]

    def _take_unit(self, item: dict[str, Any]) -> None:
        for resource in item["resources"]:
            self.copies[resource] |= self.fetch_list(resource, unit=item["within_unit_id"])

    def differences(self) -> list[str]:
        """Return the ids of which the copy and the list are not the same."""
        found: list[str] = []
        for resource, copy in self.copies.items():
            listed = self.fetch_list(resource)
            found += [f"{resource} {i}" for i in {*copy, *listed} if copy.get(i) != listed.get(i)]
        return sorted(found)
