"""A follower: a program that keeps copies of lists by the feed of changes, as the guide says."""

from typing import Any

from tests.application import Caller

FEED = "/api/v1/changes"
Copy = dict[str, dict[str, Any]]  # by id


class Follower:
    """Copies of some lists; it takes them whole once, and then only what the feed tells."""

    def __init__(self, caller: Caller, *resources: str) -> None:
        self.caller, self.resources = caller, resources
        self.copies: dict[str, Copy] = {}
        self.told: list[dict[str, Any]] = []
        self.after = self.read()["next"]
        for resource in resources:
            self.copies[resource] = self.take(resource)

    def read(self, **more: Any) -> dict[str, Any]:
        asked = {"resource": ",".join(self.resources), "items": "full", **more}
        answer = self.caller.get(FEED, **asked)
        assert answer.status_code == 200, answer.text
        found: dict[str, Any] = answer.json()
        return found

    def take(self, resource: str, **narrow: Any) -> Copy:
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

    def follow(self) -> None:
        """Go on until nothing more has happened."""
        more = True
        while more:
            page = self.read(after=self.after)
            for item in page["items"]:
                self._apply(item)
            self.after, more = page["next"], page["more"]

    def _apply(self, item: dict[str, Any]) -> None:
        self.told.append(item)
        for resource in item["reload"]:
            self.copies[resource] = self.take(resource)
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
            self.copies[resource] |= self.take(resource, unit=item["within_unit_id"])

    def differences(self) -> list[str]:
        """Return the ids of which the copy and the list are not the same."""
        found: list[str] = []
        for resource, copy in self.copies.items():
            listed = self.take(resource)
            found += [f"{resource} {i}" for i in {*copy, *listed} if copy.get(i) != listed.get(i)]
        return sorted(found)
