"""Figures of models and teams, recomputed from what was only ever added: numbers and steps."""

from collections.abc import Iterable
from typing import Any

from tests.application import Caller

AT_WORK = {"launched", "operating", "under_review", "replicated"}
Figures = dict[str, int]


def recompute_figures(
    caller: Caller, models: Iterable[str], teams: Iterable[str], unit: str, day: str
) -> Figures:
    """Recompute the figures of a unit on a day; what is 0 is left out."""
    found: Figures = {}

    def add(name: str, number: int) -> None:
        found[name] = found.get(name, 0) + number

    for path in models:
        row = caller.get(path, expand="hosts,quantities,transitions,type").json()
        there = unit in [host["unit_id"] for host in row["hosts"]]
        if there and not row["voided_at"] and _state_on(row, day) in AT_WORK:
            kind = row["type"]["code"]
            found[f"covered {kind}"] = 1
            add(f"sites {kind}", 1)
            add("groups", _number_on(row, "groups", day))
            led = row["unit_id"] == unit
            add(f"households {kind}", _number_on(row, "households", day) if led else 0)
    for path in teams:
        row = caller.get(path, expand="quantities").json()
        if row["unit_id"] == unit and not row["voided_at"] and row["established_on"] <= day:
            add("teams", 1)
            add("people", _number_on(row, "counted_size", day))
    return {name: number for name, number in found.items() if number}


def _state_on(row: dict[str, Any], day: str) -> str:
    """Return the state of a model on a day by its log, with the launch on its day of now."""
    state = "proposed"
    for step in row["transitions"]:
        since = row["launched_on"] if step["action"] == "launch" else step["effective_on"]
        state = step["to_state"] if since <= day else state
    return state


def _number_on(row: dict[str, Any], field: str, day: str) -> int:
    """Return a number of a day by the entries that were not superseded."""
    standing = [
        (one["valid_from"] or "", one["value"] or 0)
        for one in row["quantities"]
        if one["field"] == field and not one["superseded_at"] and (one["valid_from"] or "") <= day
    ]
    return max(standing)[1] if standing else 0
