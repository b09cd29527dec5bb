"""Calendars, rules and deadlines at both layers: who may, what is returned, what is refused."""

from typing import Any
from uuid import UUID, uuid4

import pytest

from app.db.session import Session
from app.domain.actor import GRANTS, Actor, Level, Permission, Role
from app.domain.deadlines import lifecycle
from app.domain.deadlines.shipped_rules import load_deadline_rules
from tests.application import Application, Caller, runner
from tests.domain.records.deadlines.examples import HEAD, PROCURACY, at
from tests.give import Country

Spare = tuple[Application, Country]
ADD = """mutation($code: String!, $data: CalendarDaysAdd!) {
    addCalendarDays(code: $code, data: $data) { id code days { day kind } } }"""
RULE = """mutation($data: DeadlineRuleCreate!) { addDeadlineRule(data: $data)
    { id code edition validFrom extensions { step authority } } }"""
TRY = """query($data: DeadlineSimulation!) { simulateDeadline(data: $data) {
    rule edition certainty state dueAt dueOn remainingDays remainingSeconds calendarIsDecided
    steps { act at state dueAt en vi skipped { day en vi } } } }"""
DAY = {"day": "2031-01-01", "kind": "holiday", "name_vi": "Tết Dương lịch",
       "name_en": "New Year's Day", "basis": "Đ.112"}  # fmt: skip
NEW = {"code": "trial_rule", "name_vi": "Thử", "name_en": "Trial", "trigger": "tip_received",
       "length": 5, "measure": "working_day", "calendar": "vn_public", "basis": "Luật",
       "source": "tests", "certainty": "verified", "valid_from": "2020-01-01"}  # fmt: skip
SIMULATION = {"rule": "tip_resolution", "started_at": "2026-03-02T08:00:00+07:00"}


def camel(value: Any) -> Any:
    """The words of REST as those of GraphQL."""
    if isinstance(value, list):
        return [camel(one) for one in value]
    if not isinstance(value, dict):
        return value
    enums = {"kind", "measure", "certainty"}
    return {
        "".join(w.title() if n else w for n, w in enumerate(name.split("_"))): (
            one.upper() if name in enums else camel(one)
        )
        for name, one in value.items()
    }


@pytest.fixture(scope="module")
def calendar_application(spare: Spare) -> Spare:
    """The spare application with the shipped calendar and rules and a deadline in each commune."""
    application, country = spare
    runner().run(_load(application, country))
    return spare


async def _load(application: Application, country: Country) -> None:
    async with application.app.state.resources.database.write_transaction() as session:
        await load_deadline_rules(session)
        for n, place in enumerate(("1.1", "1.2", "2.1", "2.2.1")):
            await give_deadline(session, country[place], f"2026-03-0{n + 2} 08:00")


async def give_deadline(session: Session, unit: UUID, moment: str, resource: str = "case") -> UUID:
    """Start a deadline and extend it."""
    actor = Actor("giver", frozenset(), Level.NATIONAL, unit)
    begin = at(moment)
    made = await lifecycle.start_deadline(
        session, actor, resource, uuid4(), unit, "tip_resolution", begin
    )
    await lifecycle.extend_deadline(session, actor, made.id, begin, authority=HEAD, basis="1/QĐ")
    return made.id


@pytest.fixture
def admin(calendar_application: Spare) -> Caller:
    application, country = calendar_application
    return application.caller(Role.UNIT_ADMIN, level=Level.NATIONAL, unit=country[""])


def code_of(answer: Any) -> str:
    found: str = answer["errors"][0]["extensions"]["code"]
    return found


def test_who_may_enter_days_and_rules(calendar_application: Spare) -> None:
    application, country = calendar_application
    days, path = {"days": [DAY]}, "/api/v1/calendars/vn_public/days"
    viewer = application.caller(Role.APPROVER, level=Level.NATIONAL, unit=country[""])
    province = application.caller(Role.UNIT_ADMIN, level=Level.PROVINCE, unit=country["1"])
    for caller, status, code in (
        (application.nobody, 401, "unauthenticated"),
        (viewer, 403, "forbidden"),
        (province, 403, "for_the_country_only"),
    ):
        for entry in ((path, days), ("/api/v1/deadline-rules", NEW)):
            answer = caller.post(*entry)
            assert (answer.status_code, answer.json()["code"]) == (status, code)
        if caller is not application.nobody:
            assert code_of(caller.ask(ADD, code="vn_public", data=camel(days))) == code
            assert code_of(caller.ask(RULE, data=camel(NEW))) == code


def test_who_may_simulate_a_deadline(calendar_application: Spare) -> None:
    application, country = calendar_application
    assert application.nobody.post("/api/v1/deadline-simulations", SIMULATION).status_code == 401
    operator = application.caller(Role.OPERATOR, level=Level.NATIONAL, unit=country[""])
    assert operator.post("/api/v1/deadline-simulations", SIMULATION).status_code == 403
    assert code_of(operator.ask(TRY, data=camel(SIMULATION))) == "forbidden"
    village = application.caller(Role.VIEWER, level=Level.VILLAGE, unit=country["1.1.1"])
    assert village.post("/api/v1/deadline-simulations", SIMULATION).status_code == 200


@pytest.mark.parametrize("role", Role)
def test_who_may_read_deadlines(calendar_application: Spare, role: Role) -> None:
    application, country = calendar_application
    caller = application.caller(role, level=Level.NATIONAL, unit=country[""])
    for path, needs in (
        ("calendars", Permission.CALENDAR_READ),
        ("deadline-rules", Permission.CALENDAR_READ),
        ("deadlines", Permission.DEADLINE_READ),
    ):
        granted = needs in GRANTS[role]
        assert caller.get(f"/api/v1/{path}").status_code == (200 if granted else 403)


def test_only_roles_with_cases_or_full_read_access_read_deadlines() -> None:
    without = {role for role in Role if Permission.DEADLINE_READ not in GRANTS[role]}
    # a minor worker is a case worker besides
    assert without == {Role.IDENTITY_CUSTODIAN, Role.OPERATOR, Role.MINOR_WORKER}
    for written in (Permission.CALENDAR_WRITE, Permission.DEADLINE_RULE_WRITE):
        assert {role for role in Role if written in GRANTS[role]} == {Role.UNIT_ADMIN}


@pytest.mark.parametrize(
    ("place", "seen"), [("", 4), ("1", 2), ("2", 2), ("1.1", 1), ("2.2.1", 1), ("1.1.1", 0)]
)
def test_deadlines_of_other_units_are_not_there(
    calendar_application: Spare, place: str, seen: int
) -> None:
    application, country = calendar_application
    unit = country[place]
    caller = application.caller(Role.TIP_OFFICER, level=country.levels[unit], unit=unit)
    page = caller.get("/api/v1/deadlines", total="exact", fields="id").json()
    assert (len(page["items"]), page["total"]) == (seen, seen)
    found = caller.ask("{ deadlines { nodes { id } } }")["data"]["deadlines"]["nodes"]
    assert found == page["items"]
    national = application.caller(Role.TIP_OFFICER, level=Level.NATIONAL, unit=country[""])
    for row in national.get("/api/v1/deadlines", fields="id").json()["items"]:
        status = 200 if row in page["items"] else 404
        assert caller.get(f"/api/v1/deadlines/{row['id']}").status_code == status
        one = caller.ask(f'{{ deadline(id: "{row["id"]}") {{ id }} }}')["data"]["deadline"]
        assert (one == row) is (status == 200)


def test_deadlines_are_filtered_by_state_record_end_and_place(calendar_application: Spare) -> None:
    application, country = calendar_application
    caller = application.caller(Role.VIEWER, level=Level.NATIONAL, unit=country[""])

    def ends(**filters: Any) -> list[str]:
        page = caller.get("/api/v1/deadlines", fields="due_on", **filters).json()
        return [row["due_on"] for row in page["items"]]

    every = ["2026-05-22", "2026-05-25", "2026-05-25", "2026-05-25"]
    assert ends() == ends(state="extended") == ends(resource="case", rule="tip_resolution") == every
    assert ends(state="running") == ends(resource="incident") == []
    assert ends(**{"due_on.lte": "2026-05-24"}) == every[:1]
    assert ends(**{"due_on.gt": "2026-05-22"}) == every[1:]
    assert len(ends(unit="VN")) == 4
    assert len(ends(unit=str(country["2"]))) == 2
    assert len(ends(unit="00011")) == 1
    record = caller.get("/api/v1/deadlines", limit=1).json()["items"][0]["resource_id"]
    assert len(ends(resource_id=record)) == 1


def test_a_deadline_is_read_with_its_rule_and_history(calendar_application: Spare) -> None:
    application, country = calendar_application
    caller = application.caller(Role.INVESTIGATOR, level=Level.COMMUNE, unit=country["1.1"])
    row = caller.get("/api/v1/deadlines", expand="rule,events").json()["items"][0]
    assert row["rule"]["code"] == row["rule_code"] == "tip_resolution"
    assert [event["act"] for event in row["events"]] == ["started", "extended"]
    event = row["events"][1]
    assert (event["authority"], event["basis"], event["length"]) == (HEAD, "1/QĐ", 2)
    assert (row["due_at"], row["due_on"]) == ("2026-05-23T00:00:00+07:00", "2026-05-22")
    days = caller.ask("{ deadlines { nodes { dueOn dueInDays } } }")["data"]["deadlines"]["nodes"]
    assert isinstance(days[0]["dueInDays"], int)


def test_the_days_of_a_year_are_read_with_their_calendar(calendar_application: Spare) -> None:
    application, country = calendar_application
    caller = application.caller(
        Role.OPERATOR, Role.VIEWER, level=Level.VILLAGE, unit=country["1.1.1"]
    )
    year = {"days_from": "2026-01-01", "days_until": "2026-12-31"}
    found = caller.get("/api/v1/calendars/vn_public", expand="days", **year).json()
    assert found["weekly_rest"] == ["saturday", "sunday"]
    days = {day["day"]: day["kind"] for day in found["days"]}
    assert days["2026-02-17"] == days["2026-09-02"] == days["2026-01-02"] == "holiday"
    assert days["2026-01-10"] == days["2026-08-22"] == "working"
    assert all(day.startswith("2026-") for day in days)
    query = """{ calendar(id: "vn_public", daysFrom: "2026-01-01", daysUntil: "2026-12-31")
        { days(first: 100) { day } } }"""
    told = caller.ask(query)["data"]["calendar"]["days"]
    assert [day["day"] for day in told] == list(days)


def test_every_shipped_rule_says_where_it_comes_from(calendar_application: Spare) -> None:
    application, country = calendar_application
    caller = application.caller(Role.VIEWER, level=Level.VILLAGE, unit=country["1.1.1"])
    page = caller.get("/api/v1/deadline-rules", expand="extensions,calendar", limit=100).json()
    shipped = [rule for rule in page["items"] if rule["created_by"] == "system"]
    assert len(shipped) == 15
    assert all(rule["basis"] and rule["source"] and rule["calendar"] for rule in shipped)
    assert {rule["certainty"] for rule in shipped} == {"read", "memory"}  # none is verified yet
    resolution = next(rule for rule in shipped if rule["code"] == "tip_resolution")
    assert [step["authority"] for step in resolution["extensions"]] == [HEAD, PROCURACY]
    now = caller.get("/api/v1/deadline-rules/data_breach_notice").json()
    then = caller.get("/api/v1/deadline-rules", code="data_breach_notice", on="2025-12-31").json()
    assert now["edition"] == 2
    assert [rule["edition"] for rule in then["items"]] == [1]
    assert caller.get("/api/v1/deadline-rules/nothing").status_code == 404


def test_a_simulation_tells_the_days_that_are_skipped_and_why(calendar_application: Spare) -> None:
    application, country = calendar_application
    caller = application.caller(Role.VIEWER, level=Level.VILLAGE, unit=country["1.1.1"])
    simulation = {
        "rule": "reintegration_residence_check",
        "started_at": "2026-02-12T09:00:00+07:00",
    }
    found = caller.post("/api/v1/deadline-simulations", simulation).json()
    assert (found["due_on"], found["due_at"]) == ("2026-02-24", "2026-02-25T00:00:00+07:00")
    assert (found["state"], found["calendar_is_decided"]) == ("running", True)
    skipped = found["steps"][0]["skipped"]
    assert [int(day["day"][-2:]) for day in skipped] == list(range(14, 23))
    assert skipped[0]["vi"] == "Thứ bảy"
    assert (skipped[3]["vi"], skipped[3]["en"]) == ("Tết Nguyên Đán", "Lunar New Year")
    assert "24:00 24/02/2026" in found["steps"][0]["vi"]
    told = caller.ask(TRY, data=camel(simulation))["data"]["simulateDeadline"]
    assert told["dueAt"] == found["due_at"]
    assert told["dueOn"] == found["due_on"]
    assert [day["day"] for day in told["steps"][0]["skipped"]] == [d["day"] for d in skipped]


def test_a_simulation_goes_through_all_that_may_happen(admin: Caller) -> None:
    assert admin.post("/api/v1/deadline-rules", NEW | {
        "code": "long_rule", "suspension_allowed": True, "rolls": True, "measure": "month",
        "extensions": [{"length": 1, "measure": "month", "authority": HEAD, "basis": "x"}],
    }).status_code == 201  # fmt: skip
    simulation: dict[str, Any] = {
        "rule": "long_rule", "started_at": "2026-01-05T08:00:00+07:00", "as_of":
        "2026-09-01T00:00:00Z", "pauses": [
            {"paused_at": "2026-02-01T08:00:00+07:00", "resumed_at": "2026-02-11T08:00:00+07:00"}],
        "extensions": [{"at": "2026-03-01T08:00:00+07:00", "authority": HEAD}],
    }  # fmt: skip
    found = admin.post("/api/v1/deadline-simulations", simulation).json()
    assert [step["act"] for step in found["steps"]] == [
        "started", "paused", "resumed", "extended", "breached",
    ]  # fmt: skip
    # 5 June, ten days later 15 June, extended to 15 July 2026, a Wednesday
    assert (found["state"], found["due_on"]) == ("breached", "2026-07-15")
    early = admin.post(
        "/api/v1/deadline-simulations", simulation | {"as_of": "2026-02-05T00:00:00+07:00"}
    ).json()
    assert (early["state"], len(early["steps"])) == ("paused", 2)
    assert early["remaining_seconds"] > 0
    met = admin.post(
        "/api/v1/deadline-simulations", simulation | {"met_at": "2026-07-16T00:00:00+07:00"}
    ).json()
    assert (met["state"], met["steps"][-1]["en"]) == ("met", "Done in time.")
    before = admin.post("/api/v1/deadline-simulations", simulation | {"rule": "trial_none"})
    assert (before.status_code, before.json()["code"]) == (404, "deadline_rule_not_found")
    (extension,) = simulation["extensions"]
    for code, change in (
        ("not_the_authority", {"extensions": [extension | {"authority": PROCURACY}]}),
        ("extension_too_long", {"extensions": [extension | {"length": 2}]}),
        ("extension_not_allowed", {"extensions": simulation["extensions"] * 2}),
        ("illegal_transition", {"pauses": simulation["pauses"] * 2}),
        ("deadline_passed", {"extensions": [
            {"at": "2026-07-20T08:00:00+07:00", "authority": HEAD}]}),
        ("suspension_not_allowed", {"rule": "tip_resolution"}),
    ):  # fmt: skip
        refused = admin.post("/api/v1/deadline-simulations", simulation | change)
        assert refused.json()["code"] == code
        assert refused.status_code in (409, 422)
        assert refused.json()["detail"]


def test_of_one_moment_pauses_come_in_their_order_and_first(admin: Caller) -> None:
    step = {"length": 1, "measure": "month", "authority": HEAD, "basis": "x"}
    more = {"code": "still_rule", "suspension_allowed": True, "extensions": [step]}
    assert admin.post("/api/v1/deadline-rules", NEW | more).status_code == 201
    begin = "2026-01-05T08:00:00+07:00"
    simulation = {
        "rule": "still_rule", "started_at": begin, "pauses": [
            {"paused_at": begin, "resumed_at": begin}, {"paused_at": begin, "resumed_at": begin}],
        "extensions": [{"at": begin, "authority": HEAD}], "met_at": begin,
    }  # fmt: skip
    found = admin.post("/api/v1/deadline-simulations", simulation).json()
    acts = [step["act"] for step in found["steps"]]
    assert acts == ["started", *["paused", "resumed"] * 2, "extended", "met"]


@pytest.mark.parametrize(
    "change",
    [
        {"started_at": "2026-01-05T08:00:00"},
        {"started_at": 5},
        {"started_at": "9999-12-31T23:00:00+07:00"},
        {"started_at": None},
        {"as_of": "2026-01-01T00:00:00+07:00"},
        {"edition": 0},
        {"edition": 2**40},
        {"rule": "tip\0"},
        {"pauses": [{"paused_at": "2026-03-05T08:00:00+07:00"}] * 21},
        {"nothing": 1},
    ],
    ids=str,
)
def test_a_simulation_of_nonsense_is_refused(admin: Caller, change: dict[str, Any]) -> None:
    answer = admin.post("/api/v1/deadline-simulations", SIMULATION | change)
    assert answer.status_code == 422
    assert "pointer" in answer.json()["errors"][0]
    told = admin.ask(TRY, data=camel(SIMULATION | change))
    assert told["errors"]
    assert not any("unexpected" in str(fault) for fault in told["errors"])


def test_the_next_year_is_entered_and_corrected(admin: Caller) -> None:
    path, days = "/api/v1/calendars/vn_public/days", {"days": [DAY]}
    made = admin.post(path, days)
    assert made.status_code == 201
    version = made.json()["version"]
    again = admin.post(path, days)
    assert (again.status_code, again.json()["code"]) == (409, "calendar_day_taken")
    assert again.json()["days"] == ["2031-01-01"]
    more = {"days": [DAY | {"kind": "working"}, DAY | {"day": "2031-01-02"}], "replace": True}
    told = admin.ask(ADD, code="vn_public", data=camel(more))
    assert told["data"]["addCalendarDays"]["code"] == "vn_public"
    year = {"days_from": "2031-01-01", "days_until": "2031-12-31"}
    found = admin.get("/api/v1/calendars/vn_public", expand="days", **year).json()
    assert [(day["day"], day["kind"], day["source"]) for day in found["days"]] == [
        ("2031-01-01", "working", "somebody"), ("2031-01-02", "holiday", "somebody"),
    ]  # fmt: skip
    assert found["version"] == version + 1
    for code, status in (("none", 404), ("no%00ne", 422)):
        assert admin.post(f"/api/v1/calendars/{code}/days", days).status_code == status
    changes: list[dict[str, Any]] = [
        {"day": "2031-02-30"}, {"day": 5}, {"kind": "half"}, {"basis": ""}, {"name_vi": "a\0"},
    ]  # fmt: skip
    for wrong in ({"days": []}, {"days": [DAY, DAY]}, *({"days": [DAY | c]} for c in changes)):
        assert admin.post(path, wrong).status_code == 422, wrong


def test_a_new_edition_begins_where_the_one_before_ends(admin: Caller) -> None:
    assert admin.post("/api/v1/deadline-rules", NEW).json()["edition"] == 1
    same = admin.post("/api/v1/deadline-rules", NEW)
    assert (same.status_code, same.json()["code"]) == (409, "edition_not_later")
    steps = [{"length": 3, "measure": "working_day", "authority": HEAD, "basis": "x"}]
    later = NEW | {"valid_from": "2026-07-01", "length": 10, "extensions": steps}
    told = admin.ask(RULE, data=camel(later))["data"]["addDeadlineRule"]
    assert (told["edition"], told["extensions"]) == (2, [{"step": 1, "authority": HEAD}])
    page = admin.get("/api/v1/deadline-rules", code="trial_rule").json()["items"]
    assert [(rule["edition"], rule["valid_from"], rule["valid_to"]) for rule in page] == [
        (1, "2020-01-01", "2026-07-01"), (2, "2026-07-01", None),
    ]  # fmt: skip
    simulation = SIMULATION | {"rule": "trial_rule"}
    for more, edition in (({}, 1), ({"edition": 2}, 2), ({"edition": 3}, None)):
        found = admin.post("/api/v1/deadline-simulations", simulation | more).json()
        assert found.get("edition") == edition


@pytest.mark.parametrize(
    "change",
    [{"measure": "hour", "rolls": True}, {"suspension_most_days": 5}, {"length": 0},
     {"length": 1001}, {"code": "Trial"}, {"measure": "week"}, {"valid_from": "tomorrow"},
     {"extensions": [{"length": 3, "measure": "hour", "authority": HEAD, "basis": "x"}]}],
    ids=str,
)  # fmt: skip
def test_a_rule_that_cannot_be_is_refused(admin: Caller, change: dict[str, Any]) -> None:
    answer = admin.post("/api/v1/deadline-rules", NEW | {"code": "never"} | change)
    assert answer.status_code == 422
    assert admin.get("/api/v1/deadline-rules", code="never").json()["items"] == []


def test_a_rule_of_an_unknown_calendar_is_refused(admin: Caller) -> None:
    answer = admin.post("/api/v1/deadline-rules", NEW | {"code": "never", "calendar": "moon"})
    assert (answer.status_code, answer.json()["code"]) == (404, "calendar_not_found")


def test_deadlines_of_tips_reveal_too_much_and_are_not_listed(calendar_application: Spare) -> None:
    application, country = calendar_application

    async def give() -> tuple[UUID, UUID]:
        async with application.app.state.resources.database.write_transaction() as session:
            moment = "2026-03-09 08:00"
            return (
                await give_deadline(session, country["1.1"], moment),
                await give_deadline(session, country["1.1"], moment, "tip"),
            )

    case, tip = map(str, runner().run(give()))
    for level, path in ((Level.NATIONAL, ""), (Level.PROVINCE, "1"), (Level.COMMUNE, "1.1")):
        officer = application.caller(Role.TIP_OFFICER, level=level, unit=country[path])
        listed = {one["id"] for one in officer.get("/api/v1/deadlines", limit=100).json()["items"]}
        assert case in listed
        assert tip not in listed
        assert officer.get(f"/api/v1/deadlines/{case}").status_code == 200
        assert officer.get(f"/api/v1/deadlines/{tip}").status_code == 404
        query = f'{{ deadline(id: "{tip}") {{ id }} deadlines(first: 50) {{ nodes {{ id }} }} }}'
        told = officer.ask(query)["data"]
        assert told["deadline"] is None
        assert tip not in str(told)
