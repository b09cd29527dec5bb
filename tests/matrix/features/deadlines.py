"""Calendars, rules and deadlines, in the matrix."""

from datetime import UTC, datetime
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from sqlmodel import select

from app.db.session import Session
from app.db.tables.calendars import Calendar
from app.db.tables.deadlines import DeadlineRule
from app.domain import actor
from app.domain.deadlines import lifecycle
from tests.matrix.makers import Make
from tests.matrix.recipe import About, Recipe, Request, new

if TYPE_CHECKING:
    from tests.matrix.scenario import Scenario

BEGIN = datetime(2026, 9, 1, 1, tzinfo=UTC)
NOON = "2026-02-10T12:00:00+07:00"


async def _make_deadline(scenario: "Scenario", session: Session, path: str) -> UUID:
    unit = scenario.country[path]
    clock = await lifecycle.start_deadline(
        session, scenario.giver, "evaluation", uuid4(), unit, "tip_transfer", BEGIN
    )
    return clock.id


async def _find_calendar(scenario: "Scenario", session: Session, path: str) -> UUID:
    return (await session.exec(select(Calendar.id).where(Calendar.code == "vn_public"))).one()


async def _find_rule(scenario: "Scenario", session: Session, path: str) -> UUID:
    return (
        await session.exec(select(DeadlineRule.id).where(DeadlineRule.code == "tip_transfer"))
    ).one()


def _days(about: About) -> Request:
    day = {"day": about.scenario.day().isoformat(), "kind": "holiday", "name_vi": "Nghỉ",
           "name_en": "Off", "basis": "1/QĐ"}  # fmt: skip
    return Request({"code": "vn_public"}, data={"days": [day], "replace": True})


RULE = {
    "code": "*", "name_vi": "Hạn", "name_en": "Term", "trigger": "anything", "length": 10,
    "measure": "working_day", "calendar": "vn_public", "basis": "x", "source": "x",
    "certainty": "projected", "valid_from": "2020-01-01",
}  # fmt: skip

RECIPES: dict[str, Recipe] = {
    "POST /api/v1/calendars/{code}/days": _days,
    "POST /api/v1/deadline-rules": new(**RULE),
    "POST /api/v1/deadline-simulations": new(rule="tip_transfer", started_at=NOON),
}  # fmt: skip

MAKERS: dict[str, Make] = {
    "deadline": _make_deadline,
}

CATALOGUE: dict[str, Make] = {"calendar": _find_calendar, "rule": _find_rule}
PLACES = {
    "deadlines": "SELECT id, unit_id FROM deadline"
    " WHERE resource NOT IN"
    " ('tip', 'reintegration_case', 'reintegration_request', 'reintegration_opening')"
}
VERSIONED = ("deadline",)
RULES = ((actor, "check_level"),)
