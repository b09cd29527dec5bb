"""Service level: counts for all who may read them, small numbers for tip readers only."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.db.tables.deadlines import Deadline, DeadlineState
from app.db.tables.tips import TipState
from app.domain.actor import Role
from app.domain.deadlines import lifecycle
from app.domain.deadlines.shipped_rules import load_deadline_rules
from app.domain.tips.service_level import rules
from app.domain.tips.service_level.rules import NAMES, Counts
from tests.application import Caller, runner
from tests.tips.expiry_scenario import TODAY, ExpiryScenario
from tests.tips.fixtures import GIVER, days_ago, insert_tip_in_loop

PATH = "/api/v1/tip-service-level"
ASK = """query($unit: String!, $from: Date, $to: Date, $by: ServiceBy!) {
  tipServiceLevel(unit: $unit, from: $from, to: $to, by: $by) {
    unitId since until total { ...F } lines { unitId code name month figures { ...F } } } }
fragment F on ServiceFigures {
  received resolvedInTime resolvedLate overdue notYetDue downgraded percent suppressed }"""
UNITS = ["1.1", "1.2", "1", "2.1", "2.2"]
FATES = ["in_time", "late", "overdue", "not_yet_due", "expired", "late_expired"]


def rest(caller: Caller, unit: Any, **more: Any) -> Any:
    answer = caller.get(PATH, unit=str(unit), **more)
    assert answer.status_code == 200, answer.json()
    return answer.json()


def figures(body: Any) -> tuple[Any, ...]:
    return tuple(body[name] for name in NAMES)


async def make(
    scenario: ExpiryScenario,
    unit: str,
    fate: str,
    days: int = 40,
    held_by: str | None = None,
    downgraded: bool = False,
) -> UUID:
    """Insert a tip that a unit received, with its outcome."""
    over: dict[str, Any] = {"received_unit_id": scenario.country[unit]}
    done = fate not in ("overdue", "not_yet_due")
    if done:
        over |= {"resolved_in_time": not fate.startswith("late")}
    over |= {"downgraded_on": TODAY} if downgraded else {}
    over |= {"expired_on": TODAY} if fate.endswith("expired") else {}
    state = TipState.CLOSED if done else TipState.SUSPENDED
    holder = scenario.country[held_by or unit]
    id, _ = await insert_tip_in_loop(
        scenario.application, holder, "x", state, None, None, days_ago(days), (), (), over
    )
    if fate == "overdue":
        await _start_deadline(scenario, id, holder)
    return id


async def _start_deadline(scenario: ExpiryScenario, tip: UUID, unit: UUID) -> None:
    async with scenario.application.behind() as session:
        await load_deadline_rules(session)
        deadline = await lifecycle.start_deadline(
            session, GIVER, "tip", tip, unit, "tip_transfer", days_ago(9)
        )
        row = await session.get(Deadline, deadline.id)
        assert row
        assert row.state is DeadlineState.RUNNING  # nobody has marked it yet


@pytest.fixture
def empty(keeping: ExpiryScenario) -> ExpiryScenario:
    """Delete all tips."""
    keeping.rows("TRUNCATE tip CASCADE")
    return keeping


@settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    made=st.lists(
        st.tuples(
            st.sampled_from(UNITS), st.sampled_from(FATES), st.sampled_from([None, *UNITS]),
            st.integers(0, 90), st.booleans(),
        ),
        max_size=25,
    )
)  # fmt: skip
def test_communes_and_months_add_up_to_the_total(empty: ExpiryScenario, made: list[Any]) -> None:
    """A tip counts once, at the receiving unit, whichever holds it and whatever is left of it."""
    empty.rows("TRUNCATE tip CASCADE")

    async def give() -> None:
        for unit, fate, holder, days, downgraded in made:
            await make(empty, unit, fate, days, holder, downgraded)

    runner().run(give())
    first = (TODAY - timedelta(days=90)).isoformat()
    for path, under in (("1", "1"), ("2", "2"), ("", "")):
        mine = [one for one in made if one[0].startswith(under)]
        caller = empty.caller(Role.TIP_OFFICER, of=path)
        for by in ("unit", "month"):
            body = rest(caller, empty.country[path], by=by, **{"from": first})
            assert figures(body["total"]) == count_fates(mine)
            lines = [figures(line["figures"]) for line in body["lines"]]
            assert tuple(map(sum, zip(*lines, strict=True))) == (count_fates(mine) if mine else ())
            assert body["total"]["suppressed"] is False
        body = rest(caller, empty.country[path], **{"from": first})
        by_unit = {line["unit_id"]: figures(line["figures"]) for line in body["lines"]}
        for commune in ("1.1", "1.2", "2.1", "2.2"):
            own = [one for one in mine if one[0] == commune]
            assert by_unit.get(str(empty.country[commune])) == (count_fates(own) if own else None)
        above = [one for one in mine if one[0] == "1"]
        assert by_unit.get(None) == (count_fates(above) if above else None)


def count_fates(made: list[Any]) -> tuple[int, ...]:
    fates = [one[1] for one in made]
    late = fates.count("late") + fates.count("late_expired")
    timely = fates.count("in_time") + fates.count("expired")
    beside = sum(one[4] for one in made)
    return len(made), timely, late, fates.count("overdue"), fates.count("not_yet_due"), beside


@pytest.mark.parametrize(
    ("counts", "percent"),
    [
        (Counts(8, 8), 100.0),
        (Counts(8, 1, 7), 12.5),
        (Counts(3, 2, 1), 66.67),
        (Counts(800, 1, 799), 0.13),  # 0.125, half up
        (Counts(10, 4, 0, 1, 5), 80.0),
        (Counts(5, 0, 0, 0, 5), None),
        (Counts(), None),
        (Counts(1, 0, 0, 1), 0.0),
    ],
)
def test_percentage_counts_due_tips_only(counts: Counts, percent: float | None) -> None:
    assert rules.compute_percent(counts) == percent


def test_rest_and_graphql_agree(empty: ExpiryScenario) -> None:
    for fate in ("in_time", "in_time", "late", "overdue"):
        runner().run(make(empty, "1.1", fate))
    for role in (Role.TIP_OFFICER, Role.VIEWER):
        caller, unit = empty.caller(role), str(empty.country["1.1"])
        for by in ("unit", "month"):
            first, last = (TODAY - timedelta(days=60)).isoformat(), TODAY.isoformat()
            body = rest(caller, unit, by=by, **{"from": first, "to": last})
            asked = {"unit": unit, "by": by.upper(), "from": first, "to": last}
            other = caller.ask(ASK, **asked)["data"]["tipServiceLevel"]
            assert tuple(other["total"].values()) == tuple(body["total"].values())
            assert [tuple(line["figures"].values()) for line in other["lines"]] == [
                tuple(line["figures"].values()) for line in body["lines"]
            ]


def test_token_and_permission_are_needed(empty: ExpiryScenario) -> None:
    unit = str(empty.country["1.1"])
    assert empty.application.nobody.get(PATH, unit=unit).status_code == 401
    assert empty.application.nobody.query(ASK, unit=unit, by="UNIT").status_code == 401
    for role in (Role.IDENTITY_CUSTODIAN, Role.CASE_WORKER, Role.OPERATOR):
        caller = empty.caller(role)
        assert caller.get(PATH, unit=unit).status_code == 403
        answer = caller.ask(ASK, unit=unit, by="UNIT")
        assert answer["errors"][0]["extensions"]["code"] == "forbidden"


@pytest.mark.parametrize("role", [Role.TIP_OFFICER, Role.VIEWER, Role.AUDITOR])
def test_another_unit_is_not_found(empty: ExpiryScenario, role: Role) -> None:
    caller = empty.caller(role)
    for path in ("1.2", "1", "2", ""):
        unit = str(empty.country[path])
        assert caller.get(PATH, unit=unit).json()["code"] == "unit_not_found"
        answer = caller.ask(ASK, unit=unit, by="UNIT")
        assert answer["errors"][0]["extensions"]["code"] == "unit_not_found"
    assert rest(caller, empty.country["1.1.1"])["lines"] == []


def test_reversed_period_is_refused(empty: ExpiryScenario) -> None:
    caller, unit = empty.caller(Role.VIEWER), str(empty.country["1.1"])
    answer = caller.get(PATH, unit=unit, **{"from": "2026-02-01", "to": "2026-01-31"})
    assert (answer.status_code, answer.json()["code"]) == (422, "not_a_period")
    assert caller.get(PATH, unit=unit, by="year").status_code == 422


def test_counts_include_tips_out_of_scope(empty: ExpiryScenario) -> None:
    for _ in range(7):
        runner().run(make(empty, "1.1", "in_time"))
    for role, of in ((Role.VIEWER, "1.1"), (Role.STATISTICIAN, "1"), (Role.AUDITOR, "")):
        body = rest(empty.caller(role, of=of), empty.country[of])
        assert body["total"]["received"] == body["total"]["resolved_in_time"] == 7
        assert body["total"]["percent"] == 100.0


def test_small_numbers_show_only_to_tip_readers(empty: ExpiryScenario) -> None:
    for unit, many in (("1.1", 9), ("1.2", 3)):
        for _ in range(many):
            runner().run(make(empty, unit, "in_time"))
    whole = rest(empty.caller(Role.TIP_OFFICER, of="1"), empty.country["1"])
    assert sorted(line["figures"]["received"] for line in whole["lines"]) == [3, 9]
    body = rest(empty.caller(Role.VIEWER, of="1"), empty.country["1"])
    assert body["total"]["received"] == 12
    assert [line["figures"]["received"] for line in body["lines"]] == [None, None]
    assert all(line["figures"]["suppressed"] for line in body["lines"])
    assert all(line["figures"]["percent"] is None for line in body["lines"])


counts = st.builds(
    lambda a, b, c, d: Counts(a + b + c + d, a, b, c, d),
    *[st.sampled_from([0, 1, 2, 4, 5, 6, 9, 40])] * 4,
)


@given(st.lists(counts, max_size=8))
def test_no_small_number_can_be_derived(lines: list[Counts]) -> None:
    """Assert that no column or row misses exactly one number other than zero."""
    table = [*lines, rules.add_up(lines)]
    body = rules.publish(lines, whole=False)
    for row, figures in zip(table, body, strict=True):
        kept_back = {name for name in NAMES if getattr(figures, name) is None}
        assert {name for name in NAMES if getattr(row, name) < 5} <= kept_back
        assert figures.suppressed == bool(kept_back)
        if len(kept_back) == 1:
            assert getattr(row, *kept_back) == 0
        if any(getattr(row, name) for name in kept_back):
            assert figures.percent is None
    for name in NAMES:
        pairs = zip(table, body, strict=True)
        betrayed = [getattr(row, name) for row, one in pairs if getattr(one, name) is None]
        assert sum(number > 0 for number in betrayed) != 1 or len(lines) == 0


@given(st.lists(counts, max_size=8))
def test_tip_readers_see_every_number(lines: list[Counts]) -> None:
    body = rules.publish(lines, whole=True)
    table = [*lines, rules.add_up(lines)]
    assert [tuple(getattr(one, name) for name in NAMES) for one in body] == [
        tuple(getattr(row, name) for name in NAMES) for row in table
    ]
    assert not any(one.suppressed for one in body)
