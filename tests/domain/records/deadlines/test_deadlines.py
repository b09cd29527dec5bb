"""Deadlines of records in the database: changes, several at once, and a watch."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import date, timedelta
from typing import Any, TypeVar, cast
from uuid import UUID, uuid4

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, IntegrityError

from app.db.base import now
from app.db.session import Database, Session, execute
from app.db.tables.deadlines import (
    Deadline,
    DeadlineAct,
    DeadlineEvent,
    DeadlineState,
    Measure,
)
from app.domain.actor import Actor
from app.domain.deadlines import lifecycle, queries, scheduler, service, simulation
from app.domain.deadlines.days import in_country_time
from app.domain.deadlines.errors import AlreadyRunning, NotTheAuthority, RuleNotFound
from app.domain.deadlines.schemas import CalendarDaysAdd, DeadlineRuleCreate, DeadlineSimulation
from app.domain.deadlines.shipped_rules import load_deadline_rules
from app.domain.errors import Conflict, DomainError, NotFound
from tests.application import runner
from tests.domain.records.deadlines.examples import HEAD, PROCURACY, at, moments
from tests.give import Country

T = TypeVar("T")
START = at("2026-03-02 08:00")
BASIS = "Quyết định 1/QĐ"


class DeadlineBook:
    """A book of deadlines: each step is a transaction of its own."""

    def __init__(self, database: Database, actor: Actor, unit: UUID) -> None:
        self.database, self.actor, self.unit = database, actor, unit

    async def step(self, work: Callable[[Session], Awaitable[T]]) -> T:
        async with self.database.write_transaction() as session:
            return await work(session)

    def do(self, work: Callable[[Session], Awaitable[T]]) -> T:
        return runner().run(self.step(work))

    def start(self, rule: str = "tip_resolution", moment: Any = START, id: Any = None) -> Deadline:
        record = id or uuid4()
        return self.do(
            lambda s: lifecycle.start_deadline(
                s, self.actor, "tip", record, self.unit, rule, moment
            )
        )

    def extend(self, id: UUID, moment: Any, by: str = HEAD, **more: Any) -> Deadline:
        return self.do(
            lambda s: lifecycle.extend_deadline(
                s, self.actor, id, moment, authority=by, basis=BASIS, reason="Phức tạp", **more
            )
        )

    def pause(self, id: UUID, moment: Any) -> Deadline:
        return self.do(lambda s: lifecycle.pause_deadline(s, self.actor, id, moment, basis=BASIS))

    def resume(self, id: UUID, moment: Any) -> Deadline:
        return self.do(lambda s: lifecycle.resume_deadline(s, self.actor, id, moment, basis=BASIS))

    def meet(self, id: UUID, moment: Any) -> Deadline:
        return self.do(lambda s: lifecycle.meet_deadline(s, self.actor, id, moment))

    def read(self, id: UUID) -> Deadline:
        return cast(Deadline, self.do(lambda s: queries.lock_deadline(s, id)))

    def events(self, id: UUID) -> list[DeadlineEvent]:
        return list(self.do(lambda s: queries.list_events(s, id)))

    def rule(self, **fields: Any) -> str:
        """A rule of this test's own, in force since long ago."""
        code = f"rule_{uuid4().hex[:12]}"
        data = DeadlineRuleCreate(**_rule(code) | fields)
        self.do(lambda s: service.add_deadline_rule(s, self.actor, data))
        return code


def _rule(code: str) -> dict[str, Any]:
    steps = [{"length": 2, "measure": "month", "authority": by, "basis": BASIS}
             for by in (HEAD, PROCURACY)]  # fmt: skip
    return {
        "code": code, "name_vi": "Thử", "name_en": "Trial", "trigger": "tip_received",
        "length": 20, "measure": "calendar_day", "calendar": "vn_public", "basis": BASIS,
        "source": "tests", "certainty": "memory", "valid_from": "2019-01-01",
        "suspension_allowed": True, "extensions": steps,
    }  # fmt: skip


@pytest.fixture
def book(database: Database, admin: Actor, land: Country) -> DeadlineBook:
    return DeadlineBook(database, admin, land["1.2.3"])


def test_a_deadline_of_tips_as_the_law_has_it(book: DeadlineBook, land: Country) -> None:
    made = book.start()
    assert (made.due_at, made.due_on) == (at("2026-03-24 00:00"), date(2026, 3, 23))  # rolled
    assert lifecycle.due_in_days(made, date(2026, 3, 20)) == 3
    assert lifecycle.due_in_days(made, date(2026, 3, 25)) == -2
    longer = book.extend(made.id, at("2026-03-20 08:00"))
    assert (longer.state, longer.due_on) == (DeadlineState.EXTENDED, date(2026, 5, 22))
    done = book.meet(made.id, at("2026-04-01 08:00"))
    assert (done.state, done.met_at, done.version) == (
        DeadlineState.MET, at("2026-04-01 08:00"), 3,
    )  # fmt: skip
    acts = [(event.number, event.act) for event in book.events(made.id)]
    assert acts == [(1, DeadlineAct.STARTED), (2, DeadlineAct.EXTENDED), (3, DeadlineAct.MET)]
    event = book.events(made.id)[1]
    assert (event.authority, event.basis, event.reason) == (HEAD, BASIS, "Phức tạp")
    assert (event.length, event.measure, event.recorded_by) == (2, Measure.MONTH, "admin")
    assert event.recorded_at > event.occurred_at == at("2026-03-20 08:00")
    row = book.read(made.id)
    assert (row.commune_id, row.village_id) == (land["1.2"], land["1.2.3"])


def test_a_deadline_runs_by_the_edition_of_its_day(book: DeadlineBook) -> None:
    old = book.start("data_breach_notice", at("2025-12-31 23:59"))
    new = book.start("data_breach_notice", at("2026-01-01 00:00"))
    rules = [book.do(lambda s, c=c: queries.get_rule(s, c.rule_id)) for c in (old, new)]  # type: ignore[misc]
    assert [rule.edition for rule in rules] == [1, 2]
    with pytest.raises(RuleNotFound):
        book.start("data_breach_notice", at("2020-01-01 00:00"))
    with pytest.raises(RuleNotFound):
        book.start("nothing", START)


def test_a_record_has_one_deadline_of_a_rule_at_a_time(book: DeadlineBook) -> None:
    made = book.start("tip_transfer")
    with pytest.raises(AlreadyRunning):
        book.start("tip_transfer", id=made.resource_id)
    book.start("tip_transfer_remote", id=made.resource_id)
    book.meet(made.id, START)
    again = book.start("tip_transfer", id=made.resource_id)
    found = book.do(lambda s: lifecycle.find_deadline(s, "tip", made.resource_id, "tip_transfer"))
    assert found is not None
    assert found.id == again.id


def test_nobody_pauses_a_deadline_that_is_not_there(book: DeadlineBook) -> None:
    with pytest.raises(NotFound, match="deadline_not_found"):
        book.pause(uuid4(), START)


def test_what_is_logged_is_never_changed(book: DeadlineBook) -> None:
    made = book.start()
    for change in ("UPDATE deadline_event SET reason = 'x'", "DELETE FROM deadline_event"):
        with pytest.raises(DBAPIError, match="only ever added to"):
            book.do(
                lambda s, change=change: execute(  # type: ignore[misc]
                    s, text(f"{change} WHERE deadline_id = :id"), {"id": made.id}
                )
            )


@pytest.mark.parametrize(
    "change",
    ["state = 'paused'", "state = 'met'", "state = 'breached'", "remaining_days = 3",
     "remaining_seconds = -1", "paused_at = now()"],
)  # fmt: skip
def test_the_database_refuses_a_deadline_that_cannot_be(book: DeadlineBook, change: str) -> None:
    made = book.start()
    with pytest.raises(IntegrityError):
        book.do(
            lambda s: execute(
                s, text(f"UPDATE deadline SET {change} WHERE id = :id"), {"id": made.id}
            )
        )


async def _together(*works: Awaitable[Any]) -> list[Any]:
    return await asyncio.gather(*works, return_exceptions=True)


def test_of_two_extensions_at_once_one_wins(book: DeadlineBook) -> None:
    made, moment = book.start(), at("2026-03-05 08:00")

    async def extend(session: Session) -> Deadline:
        return await lifecycle.extend_deadline(
            session, book.actor, made.id, moment, authority=HEAD, basis=BASIS
        )

    found = runner().run(_together(*(book.step(extend) for _ in range(4))))
    lost = [one for one in found if isinstance(one, Exception)]
    assert [type(one) for one in lost] == [NotTheAuthority] * 3
    assert book.read(made.id).extensions == 1
    assert [event.act for event in book.events(made.id)].count(DeadlineAct.EXTENDED) == 1


def test_of_two_starts_at_once_one_wins(book: DeadlineBook) -> None:
    record = uuid4()

    async def start(session: Session) -> Deadline:
        return await lifecycle.start_deadline(
            session, book.actor, "tip", record, book.unit, "tip_transfer", START
        )

    found = runner().run(_together(*(book.step(start) for _ in range(4))))
    lost = [one for one in found if isinstance(one, Exception)]
    assert len(lost) == 3
    assert all(isinstance(one, (Conflict, IntegrityError)) for one in lost)


def test_meeting_and_extending_at_once_leaves_one_history(book: DeadlineBook) -> None:
    made, moment = book.start(), at("2026-03-05 08:00")

    async def extend(session: Session) -> Deadline:
        return await lifecycle.extend_deadline(
            session, book.actor, made.id, moment, authority=HEAD, basis=BASIS
        )

    async def meet(session: Session) -> Deadline:
        return await lifecycle.meet_deadline(session, book.actor, made.id, moment)

    runner().run(_together(book.step(extend), book.step(meet)))
    acts = [event.act for event in book.events(made.id)]
    assert acts in (
        [DeadlineAct.STARTED, DeadlineAct.MET],
        [DeadlineAct.STARTED, DeadlineAct.EXTENDED, DeadlineAct.MET],
    )
    assert book.read(made.id).state is DeadlineState.MET


def test_two_watches_at_once_breach_each_deadline_once(book: DeadlineBook) -> None:
    moment = at("2021-06-01 00:00")

    async def watch(session: Session) -> int:
        return await scheduler.breach_overdue(session, moment)

    book.do(watch)  # what other tests have left
    late = [book.start("tip_transfer", moment - timedelta(days=n + 2)).id for n in range(30)]
    early = book.start("tip_transfer", moment).id
    asked = book.start("tip_transfer", moment - timedelta(days=9)).id
    book.meet(asked, moment - timedelta(days=8))
    found = runner().run(_together(*(book.step(watch) for _ in range(3))))
    assert sum(found) == 30
    assert book.do(watch) == 0
    for id in late:
        acts = [event.act for event in book.events(id)]
        assert acts == [DeadlineAct.STARTED, DeadlineAct.BREACHED]
        row, event = book.read(id), book.events(id)[1]
        assert (row.state, row.breached_at) == (DeadlineState.BREACHED, row.due_at)
        assert (event.occurred_at, event.recorded_by) == (row.due_at, "system")
    assert book.read(early).state is DeadlineState.RUNNING
    assert book.read(asked).state is DeadlineState.MET


def test_a_watch_leaves_alone_what_somebody_is_at(book: DeadlineBook) -> None:
    moment = at("2020-06-01 00:00")

    async def watch(session: Session) -> int:
        return await scheduler.breach_overdue(session, moment)

    async def both() -> int:
        async with book.database.write_transaction() as session:
            await queries.lock_deadline(session, made.id)
            return await asyncio.wait_for(book.step(watch), timeout=5)

    book.do(watch)  # what other tests have left
    made = book.start("tip_transfer", moment - timedelta(days=3))
    assert runner().run(both()) == 0
    assert book.do(watch) == 1


def test_what_is_paused_is_not_breached_until_its_longest_is_over(book: DeadlineBook) -> None:
    code = book.rule(suspension_most_days=10)
    made = book.start(code, at("2019-03-01 08:00"))
    book.pause(made.id, at("2019-03-05 08:00"))

    def watch(moment: str) -> int:
        return book.do(lambda s: scheduler.breach_overdue(s, at(moment)))

    assert watch("2019-03-15 08:00") == 0
    assert book.read(made.id).state is DeadlineState.PAUSED
    assert watch("2019-03-30 08:00") == 0  # it goes on since the 15th, and has ten days more
    row = book.read(made.id)
    assert (row.state, row.due_at) == (DeadlineState.RUNNING, at("2019-04-01 00:00"))
    assert book.events(made.id)[2].occurred_at == at("2019-03-15 08:00")
    assert watch("2019-04-01 00:00") == 0
    assert watch("2019-04-01 00:01") == 1


def test_one_watch_wakes_and_breaches_what_has_long_passed(book: DeadlineBook) -> None:
    code = book.rule(suspension_most_days=10)
    made = book.start(code, at("2019-03-01 08:00"))
    book.pause(made.id, at("2019-03-05 08:00"))
    assert book.do(lambda s: scheduler.breach_overdue(s, at("2019-12-01 00:00"))) == 1
    acts = [event.act for event in book.events(made.id)]
    assert acts[2:] == [DeadlineAct.RESUMED, DeadlineAct.BREACHED]


def test_meeting_what_slept_too_long_is_logged_in_order(book: DeadlineBook) -> None:
    code = book.rule(suspension_most_days=10)
    made = book.start(code, at("2026-03-01 08:00"))
    book.pause(made.id, at("2026-03-05 08:00"))
    done = book.meet(made.id, at("2026-05-05 08:00"))
    assert (done.state, done.breached_at) == (DeadlineState.BREACHED, at("2026-04-01 00:00"))
    acts = [event.act for event in book.events(made.id)]
    assert acts[2:] == [DeadlineAct.RESUMED, DeadlineAct.MET]


def test_a_new_holiday_moves_running_deadlines_and_says_so(book: DeadlineBook) -> None:
    code = book.rule(length=5, measure="working_day")
    running = book.start(code, at("2027-06-07 08:00"))
    over = book.start(code, at("2027-05-03 08:00"))
    extended = book.start(code, at("2027-05-31 08:00"))
    book.extend(extended.id, at("2027-06-02 08:00"))
    paused = book.start(code, at("2027-06-07 08:00"))
    book.pause(paused.id, at("2027-06-08 08:00"))
    hours = book.start("tip_transfer", at("2027-06-08 08:00"))
    day = {"day": "2027-06-09", "kind": "holiday", "name_vi": "Nghỉ", "name_en": "Off",
           "basis": "2/QĐ"}  # fmt: skip
    data = CalendarDaysAdd.model_validate({"days": [day]})
    book.do(lambda s: service.add_calendar_days(s, book.actor, "vn_public", data))
    row = book.read(running.id)
    assert (running.due_on, row.due_on) == (date(2027, 6, 14), date(2027, 6, 15))
    last = book.events(running.id)[-1]
    assert (last.act, last.basis, last.due_at) == (DeadlineAct.RECKONED, "2/QĐ", row.due_at)
    assert book.read(paused.id).remaining_days == 5
    for same in (over, hours):
        assert book.read(same.id).due_at == same.due_at
        assert len(book.events(same.id)) == 1
    worked = {"days": [day | {"kind": "working"}], "replace": True}
    data = CalendarDaysAdd.model_validate(worked)
    book.do(lambda s: service.add_calendar_days(s, book.actor, "vn_public", data))
    assert book.read(running.id).due_on == date(2027, 6, 14)


def test_a_deadline_started_while_days_are_entered_waits_and_counts_them(
    book: DeadlineBook,
) -> None:
    code = book.rule(length=5, measure="working_day")
    day = {"day": "2028-06-07", "kind": "holiday", "name_vi": "Nghỉ", "name_en": "Off",
           "basis": "2/QĐ"}  # fmt: skip
    data = CalendarDaysAdd.model_validate({"days": [day]})

    async def start(session: Session) -> Deadline:
        begin = at("2028-06-05 08:00")
        return await lifecycle.start_deadline(
            session, book.actor, "tip", uuid4(), book.unit, code, begin
        )

    async def both() -> Deadline:
        async with book.database.write_transaction() as session:
            await service.add_calendar_days(session, book.actor, "vn_public", data)
            starting = asyncio.create_task(book.step(start))
            await asyncio.wait([starting], timeout=0.3)
            assert not starting.done()
        return await starting

    assert runner().run(both()).due_on == date(2028, 6, 13)


def test_a_new_edition_leaves_running_deadlines_to_theirs(book: DeadlineBook) -> None:
    code = book.rule()
    running = book.start(code, at("2026-03-01 08:00"))
    data = DeadlineRuleCreate(**_rule(code) | {"length": 5, "valid_from": "2026-03-02"})
    book.do(lambda s: service.add_deadline_rule(s, book.actor, data))
    assert book.start(code, at("2026-03-02 08:00")).due_on == date(2026, 3, 7)
    extended = book.extend(running.id, at("2026-03-10 08:00"))
    assert extended.due_on == date(2026, 5, 21)


acts = st.lists(
    st.tuples(st.sampled_from(["pause", "resume", "extend", "meet"]), st.integers(1, 30 * 86_400)),
    max_size=6,
)


@settings(max_examples=60, deadline=None)
@given(measure=st.sampled_from(Measure), rolls=st.booleans(), start=moments, acts=acts,
       later=st.integers(0, 100))  # fmt: skip
def test_a_simulated_deadline_is_the_real_one(
    database: Database,
    admin: Actor,
    land: Country,
    measure: Measure,
    rolls: bool,
    start: Any,
    acts: list[tuple[str, int]],
    later: int,
) -> None:
    """A simulation comes to the same as what is done to a deadline and refused."""
    book = DeadlineBook(database, admin, land["1.2.3"])
    hours = measure is Measure.HOUR
    steps = [] if hours else _rule("x")["extensions"]
    code = book.rule(measure=measure, rolls=rolls and not hours, extensions=steps,
                     suspension_most_days=25)  # fmt: skip
    made, moment = book.start(code, start), in_country_time(start)
    told: dict[str, Any] = {"rule": code, "started_at": moment, "pauses": [], "extensions": []}
    for name, seconds in acts:
        moment += timedelta(seconds=seconds)
        if _real(book, made.id, name, moment):
            _tell(told, name, moment)
    moment += timedelta(days=later)
    book.do(lambda s: scheduler.breach_overdue(s, moment))
    row = book.read(made.id)
    data = DeadlineSimulation(**told, as_of=moment)
    found = book.do(lambda s: simulation.simulate_deadline(s, admin, data))
    assert (found.state, found.due_at, found.due_on) == (row.state, row.due_at, row.due_on)
    assert (found.remaining_days, found.remaining_seconds) == (
        row.remaining_days, row.remaining_seconds,
    )  # fmt: skip
    logged = [(event.act, event.due_at) for event in book.events(made.id)]
    assert [(step.act, step.due_at) for step in found.steps] == logged


def _real(book: DeadlineBook, id: UUID, name: str, moment: Any) -> bool:
    works: dict[str, Callable[[], Deadline]] = {
        "pause": lambda: book.pause(id, moment),
        "resume": lambda: book.resume(id, moment),
        "extend": lambda: book.extend(id, moment, (HEAD, PROCURACY)[book.read(id).extensions % 2]),
        "meet": lambda: book.meet(id, moment),
    }
    try:
        works[name]()
    except DomainError:
        return False
    return True


def _tell(simulation: dict[str, Any], name: str, moment: Any) -> None:
    if name == "pause":
        simulation["pauses"].append({"paused_at": moment})
    elif name == "resume":
        simulation["pauses"][-1]["resumed_at"] = moment
    elif name == "meet":
        simulation["met_at"] = moment
    else:
        by = (HEAD, PROCURACY)[len(simulation["extensions"]) % 2]
        simulation["extensions"].append({"at": moment, "authority": by})


def test_what_is_shipped_is_loaded_once_and_never_over_what_was_entered(book: DeadlineBook) -> None:
    def count_changed(session: Session, since: Any) -> Awaitable[Any]:
        asked = text("SELECT count(*) FROM calendar_day WHERE changed_at >= :since")
        return execute(session, asked, {"since": since})

    before = now()
    assert book.do(load_deadline_rules) == 0
    assert book.do(lambda s: count_changed(s, before)).scalar_one() == 0
