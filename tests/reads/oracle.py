"""The answers as they have to be, worked out in Python from the tables alone."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from tests.reads.facts import Facts, Row

HOME = ZoneInfo("Asia/Ho_Chi_Minh")
UNIT = ["level", "kind", "code", "name", "full_name", "aliases", "latitude", "longitude",
        "area_km2"]  # fmt: skip
TYPE = ["version", "code", "name", "aliases", "field", "host_kind", "principles", "description",
        "source"]  # fmt: skip
MODEL = ["version", "name", "state", "pilot", "households", "residents", "groups",
         "failed_reviews", "source", "reference", "created_by",
         "changed_by"]  # fmt: skip
NO_ACTIONS: dict[str, list[str]] = {"allowed_actions": [], "action_needs": []}  # of a reader
STANDS: dict[str, Any] = {"voided_at": None, "voided_by": None, "void_reason": None}
DAYS = ("launched_on", "pledged_on", "last_active_on")
ACT = ["version", "kind", "state", "title", "decision"]


@dataclass(frozen=True)
class Map:
    """The map of one day, by one hierarchy."""

    facts: Facts
    day: date
    hierarchy: str = "administrative"

    @cached_property
    def standing(self) -> dict[UUID, Row]:
        """The units that stand on the day."""
        rows = (r for r in self.facts.unit_version if r["valid_from"] <= self.day < r["valid_to"])
        return {row["unit_id"]: row for row in rows}

    @cached_property
    def last_known(self) -> dict[UUID, Row]:
        """Every unit that had begun by the day, as it stood last."""
        return {row["unit_id"]: row for row in self._select_begun(self.facts.unit_version)}

    @cached_property
    def parents(self) -> dict[UUID, UUID]:
        """The last superior of every unit, as known on the day."""
        edges = self._select_begun(self.facts.unit_parent)
        return {e["unit_id"]: e["parent_id"] for e in edges if e["hierarchy"] == self.hierarchy}

    def _select_begun(self, rows: Iterable[Row]) -> list[Row]:
        begun = (r for r in rows if r["valid_from"] <= self.day and r["valid_from"] < r["valid_to"])
        return sorted(begun, key=lambda row: row["valid_from"])

    def find_unit(self, wanted: str) -> UUID | None:
        """A unit by its id, or by the code it had on the day."""
        try:
            return UUID(wanted)
        except ValueError:
            found = (id for id, row in self.standing.items() if row["code"] == wanted)
            return next(found, None)

    def ancestors(self, unit: UUID) -> set[UUID]:
        found: set[UUID] = set()
        while (above := self.parents.get(unit)) and above not in found:
            found.add(above)
            unit = above
        return found

    def children(self, unit: UUID | None) -> set[UUID]:
        """Units that belong directly to this one on the day."""
        return {
            edge["unit_id"]
            for edge in self.facts.unit_parent
            if edge["parent_id"] == unit
            and edge["hierarchy"] == self.hierarchy
            and edge["valid_from"] <= self.day < edge["valid_to"]
        }

    def below(self, unit: UUID | None) -> set[UUID]:
        """This unit and all that belong to it, however far down."""
        found, wanted = set[UUID](), {unit} if unit else set()
        while wanted:
            found |= wanted
            wanted = {child for one in wanted for child in self.children(one)} - found
        return found

    def succession(self, unit: UUID, side: str) -> list[Row]:
        """The successors of a unit by the day, or its predecessors; the main one first."""
        rows = self.facts.unit_succession
        edges = [r for r in rows if r[side] == unit and r["effective_on"] <= self.day]
        return sorted(edges, key=lambda e: (e["is_main"], e["effective_on"], e["id"]), reverse=True)


def newest(rows: Iterable[Row]) -> list[Row]:
    return sorted(rows, key=lambda row: row["id"], reverse=True)


def by_name(rows: Iterable[Row]) -> list[Row]:
    return sorted(rows, key=lambda row: (row["sort_key"], row.get("unit_id", row["id"])))


def unit(facts: Facts, row: Row) -> dict[str, Any]:
    """A unit as REST tells it, without its links."""
    version = next(one["version"] for one in facts.unit if one["id"] == row["unit_id"])
    begin = None if row["valid_from"] == date.min else row["valid_from"].isoformat()
    end = None if row["valid_to"] == date.max else row["valid_to"].isoformat()
    told = {"id": str(row["unit_id"]), "version": version, "valid_from": begin, "valid_to": end}
    return told | STANDS | {name: row[name] for name in UNIT}


def model_type(row: Row) -> dict[str, Any]:
    times = {name: moment(row[name]) for name in ("created_at", "changed_at")}
    return {"id": str(row["id"])} | times | {name: row[name] for name in TYPE}


def model(row: Row) -> dict[str, Any]:
    ids = {name: str(row[name]) for name in ("id", "unit_id", "type_id")}
    times = {name: moment(row[name]) for name in ("created_at", "changed_at")}
    days = {name: row[name] and row[name].isoformat() for name in DAYS}
    told = {name: row[name] for name in MODEL} | NO_ACTIONS | STANDS
    source = row["replicated_from_id"]
    host = row["host_organisation_id"]
    told |= {"host_organisation_id": host and str(host)}
    told |= {"replicated_from_id": source and str(source), "approval_document_id": None}
    return ids | times | days | told


def reorganisation(row: Row) -> dict[str, Any]:
    times = {name: moment(row[name]) for name in ("created_at", "committed_at")}
    told = {name: row[name] for name in ACT} | {"effective_on": row["effective_on"].isoformat()}
    reverses = str(row["reverses_id"]) if row["reverses_id"] else None
    told |= {"created_by": row["created_by"]} | NO_ACTIONS
    return {"id": str(row["id"]), "reverses_id": reverses} | times | told


def moment(at: datetime | None) -> str | None:
    """A time as the answers write it: in the time of the country, without idle zeros."""
    if at is None:
        return None
    text = at.astimezone(HOME).isoformat()
    whole, dot, rest = text.partition(".")
    return f"{whole}.{rest[:6].rstrip('0')}{rest[6:]}" if dot else text
