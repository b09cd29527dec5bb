"""Incidents and activities of the demo: published numbers, recorded through the own services."""

import csv
from typing import Any

from app.data import SHIPPED
from app.db.session import Session
from app.domain.activities.schemas import ActivityCreate
from app.domain.activities.service import create_activity
from app.domain.actor import Actor
from app.domain.incidents.schemas import IncidentCreate
from app.domain.incidents.service import create_incident
from app.domain.units.shipped_map import Progress

FOLDER = SHIPPED / "demo"
NUMBERS = ("incident_count", "involved_count", "value")
Line = dict[str, Any]


async def load_daily_work(session: Session, actor: Actor, progress: Progress) -> None:
    """Record each incident and each activity once, with its words and its place in the list."""
    incidents, activities = _lines("incidents.csv"), _lines("activities.csv")
    whole = len(incidents) + len(activities)
    progress("daily work", 0, whole)
    for line in incidents:
        await create_incident(session, actor, IncidentCreate.model_validate(line))
    quantities = _lines("activity_quantities.csv")
    for line in activities:
        own = [one for one in quantities if one["reference"] == line["reference"]]
        await create_activity(session, actor, _read_activity(line, own))
    progress("daily work", whole, whole)


def _read_activity(line: Line, quantities: list[Line]) -> ActivityCreate:
    details = line.pop("details", "").split("|")
    pairs = (pair.partition("=") for pair in details if pair)
    known = {name: True if value == "yes" else value for name, _, value in pairs}
    lines = [{name: one[name] for name in one if name != "reference"} for one in quantities]
    return ActivityCreate.model_validate(line | known | {"quantities": lines})


def _lines(name: str) -> list[Line]:
    """Read a table of the demo; what is empty is left out, and counts are numbers."""
    with (FOLDER / name).open(encoding="utf-8") as file:
        return [
            {key: int(value) if key in NUMBERS else value for key, value in row.items() if value}
            for row in csv.DictReader(file)
        ]
