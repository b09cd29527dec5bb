"""Load the shipped calendar and rules, where they are missing."""

import csv
import json
from collections.abc import Iterator
from datetime import date
from typing import Any
from uuid import UUID

from uuid_utils.compat import uuid7

from app.data import SHIPPED, Traversable
from app.db.base import INFINITY
from app.db.session import Session
from app.db.tables.calendars import (
    Calendar,
    CalendarDay,
)
from app.db.tables.deadlines import (
    DeadlineExtensionStep,
    DeadlineRule,
)
from app.domain.deadlines import queries

FILES = SHIPPED


async def load_deadline_rules(session: Session, files: Traversable = FILES) -> int:
    """Add the shipped rows that are missing, change no others; return how many were added."""
    await queries.lock_loading(session)
    lines = list(_lines(files / "calendars" / "calendars.csv"))
    added = await queries.add_missing(
        session,
        Calendar,
        (line | {"weekly_rest": line["weekly_rest"].split("|")} for line in lines),
    )
    calendars: dict[str, UUID] = {}
    for line in lines:
        found = await queries.find_calendar(session, line["code"])
        assert found is not None
        calendars[line["code"]] = found.id
    days = (_day(line, calendars) for line in _lines(files / "calendars" / "days.csv"))
    added += await queries.add_missing(session, CalendarDay, days)
    rules = json.loads((files / "deadlines" / "rules.json").read_text(encoding="utf-8"))
    for code in dict.fromkeys(rule["code"] for rule in rules):
        if not await queries.list_editions(session, code):
            added += await _add_editions(
                session, [rule for rule in rules if rule["code"] == code], calendars
            )
    return added


async def _add_editions(session: Session, editions: list[Any], calendars: dict[str, UUID]) -> int:
    """Add the editions of a rule that this installation does not have at all."""
    for edition in editions:
        steps, calendar = edition.pop("extensions"), calendars[edition.pop("calendar")]
        id, until = uuid7(), edition["valid_to"]
        dates = {
            "valid_from": date.fromisoformat(edition["valid_from"]),
            "valid_to": date.fromisoformat(until) if until else INFINITY,
        }
        row = edition | dates | {"id": id, "calendar_id": calendar}
        await queries.add_missing(session, DeadlineRule, [row])
        declared = [{"rule_id": id, "step": n, **step} for n, step in enumerate(steps, 1)]
        if declared:
            await queries.add_missing(session, DeadlineExtensionStep, declared)
    return len(editions)


def _lines(file: Traversable) -> Iterator[dict[str, Any]]:
    with file.open(encoding="utf-8") as lines:
        yield from csv.DictReader(lines)


def _day(line: dict[str, Any], calendars: dict[str, UUID]) -> dict[str, Any]:
    calendar, day = calendars[line.pop("calendar")], date.fromisoformat(line["day"])
    return line | {"calendar_id": calendar, "day": day}
