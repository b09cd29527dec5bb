"""Deadlines of tips through a year: Tết, midnights, extensions, suspension, new law, breaches.

The calendar is the shipped one, and the wall clock is set by each test.
"""

import time
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from app.db.base import now
from app.db.tables.tips import TipState
from app.domain.actor import Actor, Level, Role
from app.domain.deadlines.days import COUNTRY_TIME, day_of
from app.domain.deadlines.scheduler import breach_overdue
from app.jobs.overdue_tips import mark_overdue_tips
from tests.application import SESSION, Application, Caller, runner
from tests.conftest import copy_database
from tests.give import Country, give_country
from tests.tips.scenario import DECISION, ME, SETTLED, SUSPENSION, TIPS, TipScenario

BOTH = frozenset({Role.TIP_OFFICER, Role.INVESTIGATOR})
LONG_AGO, YEARS = datetime(2020, 1, 1, tzinfo=COUNTRY_TIME), 30
HEAD = {"authority": "investigating_agency_head", "basis": "QĐ 1", "reason": "Vụ việc phức tạp"}
PROCURACY = {"authority": "procuracy_head", "basis": "QĐ 2", "reason": "Xác minh nhiều nơi"}
SUSPEND = SUSPENSION


@pytest.fixture(scope="module")
def deadlines_url(worker: str) -> str:
    return copy_database("empty", f"clocks_of_tips_{worker}")


@pytest.fixture(scope="module")
def land(deadlines_url: str) -> Iterator[tuple[Application, Country]]:
    country = runner().run(give_country(deadlines_url))
    with Application.on(deadlines_url) as application:
        yield application, country


class Wall:
    """A wall clock that tests set."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self._patch = monkeypatch

    def __call__(self, at: str) -> datetime:
        moment = datetime.fromisoformat(at).replace(tzinfo=COUNTRY_TIME)
        self._patch.setattr(time, "time", moment.timestamp)
        return moment


class DeadlineScenario(TipScenario):
    """A scenario whose callers act at any hour of the wall clock."""

    @property
    def caller(self) -> Caller:
        return self.at_any_hour(BOTH, Level.COMMUNE, "1.1")

    def at_any_hour(self, roles: frozenset[Role], level: Level, of: str) -> Caller:
        actor = Actor(ME, roles, level, self.country[of], "tests", (), SESSION, 1)
        token = self.application.app.state.resources.tokens.issue(
            actor, minutes=YEARS * 366 * 24 * 60, now=LONG_AGO.timestamp()
        )
        return Caller(self.application, {"authorization": f"Bearer {token}"})

    def enter(self, path: str, data: dict[str, Any]) -> None:
        """Enter rules or days off, as only the country does."""
        admin = self.at_any_hour(frozenset({Role.UNIT_ADMIN}), Level.NATIONAL, "")
        answer = admin.post(f"/api/v1/{path}", data)
        assert answer.status_code == 201, answer.text

    def take(self, tip: UUID, action: str, **more: Any) -> dict[str, Any]:
        answer = self.step(self.caller, tip, action, **more)
        assert answer.status_code == 200, answer.text
        told: dict[str, Any] = answer.json()
        return told

    def extend(self, tip: UUID, data: dict[str, Any]) -> Any:
        return self.caller.change("POST", f"{TIPS}/{tip}", data, at="/extensions")

    def deadline(self, tip: UUID, rule: str = "tip_resolution") -> dict[str, Any]:
        sql = "SELECT * FROM deadline WHERE resource_id = $1 AND rule_code = $2"
        (found,) = self.rows(sql, tip, rule)
        return dict(found)

    def due(self, tip: UUID, rule: str = "tip_resolution") -> str:
        return f"{self.deadline(tip, rule)['due_at'].astimezone(COUNTRY_TIME):%Y-%m-%d %H:%M}"

    def row(self, tip: UUID) -> dict[str, Any]:
        (found,) = self.rows("SELECT * FROM tip WHERE id = $1", tip)
        return dict(found)

    def watch(self) -> None:
        """Run what is done every minute, and what is done every ten."""

        async def run_watchers() -> None:
            database = self.application.app.state.resources.database
            async with database.write_transaction() as session:
                await breach_overdue(session, now())
            await mark_overdue_tips(database)

        runner().run(run_watchers())

    def overdue_events(self, tip: UUID) -> list[dict[str, Any]]:
        sql = "SELECT * FROM outbox WHERE resource_id = $1 AND fields = '{overdue}'"
        return [dict(row) for row in self.rows(sql, tip)]


@pytest.fixture
def scenario(land: tuple[Application, Country], deadlines_url: str) -> DeadlineScenario:
    return DeadlineScenario(*land, deadlines_url)


@pytest.fixture
def wall(monkeypatch: pytest.MonkeyPatch) -> Wall:
    return Wall(monkeypatch)


def take_up_tip(scenario: DeadlineScenario, wall: Wall, at: str) -> UUID:
    """Insert a tip that an investigator took up then."""
    tip = scenario.tip(state=TipState.TRIAGED, at=wall(at))
    scenario.take(tip, "take_up")
    return tip


@pytest.mark.parametrize(
    ("begins", "due"),
    [
        ("2026-03-02 08:00", "2026-03-24 00:00"),  # to 22/3, a Sunday: until the Monday is over
        ("2026-03-02 23:59", "2026-03-24 00:00"),
        ("2026-03-03 00:00", "2026-03-24 00:00"),  # the day before it in Greenwich
        ("2026-03-03 23:59", "2026-03-24 00:00"),
        ("2026-01-24 09:00", "2026-02-14 00:00"),  # 13/2 is the last day of work before Tết
        ("2026-01-25 09:00", "2026-02-24 00:00"),  # 14/2 is the Saturday of Tết: 23/2
        ("2026-01-27 09:00", "2026-02-24 00:00"),  # 16/2 is New Year's Eve
        ("2026-02-02 09:00", "2026-02-24 00:00"),  # 22/2 is the Sunday after it
        ("2026-02-03 09:00", "2026-02-24 00:00"),
        ("2026-04-06 09:00", "2026-04-29 00:00"),  # the Hung Kings on a Sunday, and its Monday
        ("2026-08-12 09:00", "2026-09-04 00:00"),  # National Day, two days
        ("2025-12-12 09:00", "2026-01-06 00:00"),  # a bridge after the new year
    ],
)
def test_twenty_days_end_on_a_working_day(
    scenario: DeadlineScenario, wall: Wall, begins: str, due: str
) -> None:
    tip = take_up_tip(scenario, wall, begins)
    assert scenario.due(tip) == due
    last = datetime.fromisoformat(due).date() - timedelta(days=1)
    assert (scenario.row(tip)["due_on"], scenario.row(tip)["clock"]) == (last, "tip_resolution")


@pytest.mark.parametrize(
    ("rule", "begins", "due"),
    [
        ("tip_transfer", "2026-02-17 23:30", "2026-02-18 23:30"),  # hours know no holidays
        ("tip_transfer", "2026-02-28 00:00", "2026-03-01 00:00"),
        ("tip_transfer", "2026-03-29 01:30", "2026-03-30 01:30"),  # no daylight saving time here
        ("tip_transfer", "2026-10-25 01:30", "2026-10-26 01:30"),
        ("tip_transfer_remote", "2026-02-17 23:30", "2026-02-19 23:30"),
        ("tip_transfer_remote", "2026-12-30 12:00", "2027-01-01 12:00"),
    ],
)
def test_hours_run_through_holidays_and_midnight(
    scenario: DeadlineScenario, wall: Wall, rule: str, begins: str, due: str
) -> None:
    tip = scenario.tip(state=TipState.TRIAGED, kind="feedback", at=wall(begins), rule=rule)
    assert scenario.due(tip, rule) == due
    scenario.take(tip, "handle_locally", **SETTLED)
    assert scenario.row(tip)["resolved_in_time"] is True


@pytest.mark.parametrize(
    ("rule", "done", "in_time"),
    [
        ("tip_transfer", "2026-06-02 08:00:00", True),
        ("tip_transfer", "2026-06-02 08:00:01", False),
        ("tip_transfer_remote", "2026-06-02 08:00:01", True),
        ("tip_transfer_remote", "2026-06-03 08:00:01", False),
    ],
)
def test_one_second_after_the_deadline_is_late(
    scenario: DeadlineScenario, wall: Wall, rule: str, done: str, in_time: bool
) -> None:
    begins = wall("2026-06-01 08:00")
    tip = scenario.tip(state=TipState.TRIAGED, kind="feedback", at=begins, rule=rule)
    wall(done)
    scenario.take(tip, "handle_locally", **SETTLED)
    assert scenario.row(tip)["resolved_in_time"] is in_time
    assert scenario.deadline(tip, rule)["state"] == ("met" if in_time else "breached")


def test_each_authority_extends_once_in_order(scenario: DeadlineScenario, wall: Wall) -> None:
    tip = take_up_tip(scenario, wall, "2026-03-02 08:00")
    wall("2026-03-20 10:00")
    answer = scenario.extend(tip, PROCURACY)
    assert (answer.status_code, answer.json()["code"]) == (409, "not_the_authority")
    assert scenario.extend(tip, HEAD).status_code == 200
    assert scenario.due(tip) == "2026-05-23 00:00"  # two months from 22/3: 22/5, a Friday
    assert scenario.row(tip)["due_on"] == date(2026, 5, 22)
    answer = scenario.extend(tip, HEAD)
    assert (answer.status_code, answer.json()["needed"]) == (409, "procuracy_head")
    wall("2026-05-20 10:00")
    answer = scenario.extend(tip, PROCURACY)
    assert answer.json()["clocks"][-1]["extensions"] == 2
    assert scenario.due(tip) == "2026-07-23 00:00"
    for again in (HEAD, PROCURACY):
        assert scenario.extend(tip, again).json()["code"] == "extension_not_allowed"
    told = scenario.rows(
        "SELECT authority, basis, reason FROM deadline_event WHERE deadline_id = $1 "
        "AND act = 'extended' ORDER BY number", scenario.deadline(tip)["id"],
    )  # fmt: skip
    assert [dict(row) for row in told] == [HEAD, PROCURACY]


def test_extension_is_at_most_two_months(scenario: DeadlineScenario, wall: Wall) -> None:
    tip = take_up_tip(scenario, wall, "2026-03-02 08:00")
    assert scenario.extend(tip, HEAD | {"count": 3}).json()["code"] == "extension_too_long"
    assert scenario.extend(tip, HEAD | {"count": 1}).status_code == 200
    assert scenario.due(tip) == "2026-04-23 00:00"


def test_expired_deadline_is_not_extended(scenario: DeadlineScenario, wall: Wall) -> None:
    tip = take_up_tip(scenario, wall, "2026-03-02 08:00")
    wall("2026-03-24 00:01")
    assert scenario.extend(tip, HEAD).json()["code"] == "deadline_passed"
    scenario.watch()
    assert scenario.extend(tip, HEAD).json()["code"] == "illegal_transition"
    assert scenario.due(tip) == "2026-03-24 00:00"


def test_tip_without_deadline_is_not_extended(scenario: DeadlineScenario, wall: Wall) -> None:
    tip = scenario.tip(state=TipState.RECORDED, at=wall("2026-03-02 08:00"))
    assert scenario.extend(tip, HEAD).json()["code"] == "no_clock_runs"


def test_resumption_leaves_one_month(scenario: DeadlineScenario, wall: Wall) -> None:
    tip = take_up_tip(scenario, wall, "2026-03-02 08:00")
    wall("2026-03-18 08:00")
    scenario.take(tip, "suspend", **SUSPEND)
    assert scenario.deadline(tip)["state"] == "met"  # to suspend is one of the three decisions
    assert (scenario.row(tip)["clock"], scenario.row(tip)["outcome"]) == (None, None)
    wall("2026-09-30 08:00")  # suspended for half a year, which no deadline counts
    scenario.watch()
    scenario.take(tip, "resume")
    assert scenario.due(tip, "tip_after_resumption") == "2026-10-31 00:00"
    assert scenario.due(tip, "tip_resumption_notice") == "2026-10-06 00:00"  # 3/10 is a Saturday
    assert scenario.row(tip)["clock"] == "tip_resumption_notice"
    data = {"text": "Vụ việc được phục hồi.", "notice": True}
    assert scenario.caller.post(f"{TIPS}/{tip}/messages", data).status_code == 201
    assert scenario.row(tip)["clock"] == "tip_after_resumption"
    wall("2026-10-30 23:59")
    scenario.take(tip, "decide_not", **DECISION)
    assert scenario.row(tip)["resolved_in_time"] is True


def test_cancelled_suspension_leaves_one_month(scenario: DeadlineScenario, wall: Wall) -> None:
    tip = take_up_tip(scenario, wall, "2026-03-02 08:00")
    scenario.take(tip, "suspend", **SUSPEND)
    wall("2027-01-31 08:00")  # a month from then ends with the last day of February, a Sunday
    scenario.take(tip, "resume", cancelled=True)
    assert scenario.due(tip, "tip_after_cancelled_suspension") == "2027-03-02 00:00"


def test_second_suspension_restarts_the_deadline(scenario: DeadlineScenario, wall: Wall) -> None:
    tip = take_up_tip(scenario, wall, "2026-03-02 08:00")
    for month in (3, 4, 5):
        wall(f"2026-0{month}-06 08:00")
        scenario.take(tip, "suspend", **SUSPEND)
        wall(f"2026-0{month}-07 08:00")
        scenario.take(tip, "resume")
    clocks = scenario.rows(
        "SELECT rule_code, state FROM deadline WHERE resource_id = $1 ORDER BY id", tip
    )
    after = [row["state"] for row in clocks if row["rule_code"] == "tip_after_resumption"]
    assert after == ["met", "met", "running"]


def test_new_rule_edition_keeps_running_deadlines(scenario: DeadlineScenario, wall: Wall) -> None:
    before = take_up_tip(scenario, wall, "2028-05-31 23:59")
    wall("2028-06-01 00:00")
    edition = {
        "code": "tip_resolution", "name_vi": "Giải quyết", "name_en": "Resolution",
        "trigger": "tip_received_by_investigator", "length": 30, "measure": "calendar_day",
        "rolls": False, "calendar": "vn_public", "basis": "Luật mới", "source": "x",
        "certainty": "projected", "valid_from": "2028-06-01",
    }  # fmt: skip
    scenario.enter("deadline-rules", edition)
    after = take_up_tip(scenario, wall, "2028-06-01 00:00")
    assert scenario.due(before) == "2028-06-21 00:00"
    assert scenario.due(after) == "2028-07-02 00:00"
    wall("2028-06-19 08:00")
    assert scenario.extend(before, HEAD).status_code == 200  # by the law it began under
    assert scenario.extend(after, HEAD).json()["code"] == "extension_not_allowed"
    scenario.watch()
    wall("2028-07-01 23:59")
    for tip in (before, after):
        scenario.take(tip, "decide_not", **DECISION)
        assert scenario.row(tip)["resolved_in_time"] is True


def test_breach_is_announced_once_and_stays(scenario: DeadlineScenario, wall: Wall) -> None:
    tip = take_up_tip(scenario, wall, "2026-05-04 08:00")  # until the end of 25/5
    wall("2026-05-25 23:59")
    scenario.watch()
    assert (scenario.row(tip)["overdue"], scenario.overdue_events(tip)) == (False, [])
    wall("2026-05-26 00:01")
    scenario.watch()
    scenario.watch()
    assert scenario.row(tip)["overdue"] is True
    assert scenario.deadline(tip)["state"] == "breached"
    (news,) = scenario.overdue_events(tip)
    assert (news["act"], news["resource"], news["unit_id"]) == (
        "change",
        "tip",
        scenario.row(tip)["unit_id"],
    )
    assert news["recorded_at"].astimezone(COUNTRY_TIME) == datetime(
        2026, 5, 26, tzinfo=COUNTRY_TIME
    )
    acts = scenario.rows(
        "SELECT act FROM deadline_event WHERE deadline_id = $1 ORDER BY number",
        scenario.deadline(tip)["id"],
    )
    assert [row["act"] for row in acts] == ["started", "breached"]
    wall("2026-06-01 08:00")
    scenario.take(tip, "decide_prosecute", **DECISION)
    found = scenario.row(tip)
    assert (found["resolved_in_time"], found["resolved_on"]) == (False, date(2026, 6, 1))
    assert (found["overdue"], found["clock"]) == (False, None)
    assert scenario.deadline(tip)["state"] == "breached"
    events = scenario.rows("SELECT event FROM tip_count ORDER BY position")
    assert events[-1]["event"] == "late"


def test_breach_before_suspension_counts_at_the_end(scenario: DeadlineScenario, wall: Wall) -> None:
    tip = take_up_tip(scenario, wall, "2026-05-04 08:00")
    wall("2026-05-27 08:00")
    scenario.watch()
    scenario.take(tip, "suspend", **SUSPEND)
    assert scenario.row(tip)["overdue"] is False
    wall("2026-06-10 08:00")
    scenario.take(tip, "resume")
    scenario.take(tip, "decide_not", **DECISION)
    assert scenario.deadline(tip, "tip_after_resumption")["state"] == "met"
    assert scenario.row(tip)["resolved_in_time"] is False


def test_breach_of_one_deadline_is_not_one_of_the_next(
    scenario: DeadlineScenario, wall: Wall
) -> None:
    tip = scenario.tip(state=TipState.TRIAGED, at=wall("2026-07-01 08:00"))
    wall("2026-07-03 08:00")
    scenario.watch()
    assert scenario.row(tip)["overdue"] is True
    scenario.take(tip, "take_up")
    assert scenario.row(tip)["overdue"] is False
    assert scenario.deadline(tip, "tip_transfer")["met_at"] is not None
    scenario.take(tip, "decide_not", **DECISION)
    assert scenario.row(tip)["resolved_in_time"] is True


def test_new_day_off_moves_the_due_day(scenario: DeadlineScenario, wall: Wall) -> None:
    tip = take_up_tip(scenario, wall, "2026-11-30 08:00")  # 20/12 is a Sunday
    assert scenario.row(tip)["due_on"] == date(2026, 12, 21)
    day = {
        "day": "2026-12-21", "kind": "holiday", "name_vi": "Nghỉ", "name_en": "Off",
        "basis": "QĐ 9",
    }  # fmt: skip
    scenario.enter("calendars/vn_public/days", {"days": [day]})
    assert scenario.row(tip)["due_on"] == date(2026, 12, 22)


def test_no_answer_reveals_the_hour_of_receipt(scenario: DeadlineScenario) -> None:
    """The breach of a 24-hour deadline shows only after the day is over."""
    tip = scenario.tip(at=now() - timedelta(hours=24, seconds=1))
    scenario.watch()
    deadline = scenario.deadline(tip, "tip_transfer")
    assert deadline["state"] == "breached"
    if deadline["due_on"] < day_of(now()):  # it is midnight just now
        return
    found = scenario.caller.get(f"{TIPS}/{tip}", expand="clocks").json()
    assert [(c["state"], c["breached_on"]) for c in found["clocks"]] == [("running", None)]
    assert (found["overdue"], found["due_in_days"], scenario.overdue_events(tip)) == (False, 0, [])
