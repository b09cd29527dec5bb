"""Numbers hold from a day: a figure of a day is what held then, whatever was entered since."""

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest

from app.domain.actor import Level, Role
from app.domain.units.shape import today
from tests.application import Application, Caller
from tests.dice import make_dice
from tests.give import Country

FIRST = date(2020, 1, 1)
CHANGE = """mutation($id: UUID!, $v: Int!, $data: ModelChange!) {
    changeModel(id: $id, data: $data, expectedVersion: $v) { households
        quantities(first: 50) { field value validFrom supersededAt } } }"""


@pytest.fixture
def approver(application: Application, country: Country) -> Caller:
    return application.caller(Role.APPROVER, level=Level.COMMUNE, unit=country["1.1"])


@pytest.fixture
def village(approver: Caller, country: Country) -> str:
    words = {"kind": "village", "name": f"Thôn {uuid4().hex[:6]}", "valid_from": "2019-01-01"}
    made = approver.post("/api/v1/units", words | {"parent": str(country["1.1"])})
    assert made.status_code == 201, made.text
    return str(made.json()["id"])


def model(caller: Caller, unit: str, **over: Any) -> str:
    words = {"type": "camera", "units": [unit], "name": "Camera", "launched_on": "2020-01-01"}
    made = caller.post("/api/v1/models", words | over)
    assert made.status_code == 201, made.text
    return f"/api/v1/models/{made.json()['id']}"


def households(caller: Caller, unit: str, day: date | str) -> int:
    asked = {"unit": unit, "on": str(day)}
    found: int = caller.get("/api/v1/model-types/camera/coverage", **asked).json()["households"]
    return found


def test_a_number_of_today_leaves_the_figure_of_2020(approver: Caller, village: str) -> None:
    path = model(approver, village, households=76_303)
    done = approver.change("PATCH", path, {"households": 9})
    assert (done.status_code, done.json()["households"]) == (200, 9)
    assert households(approver, village, "2020-09-08") == 76_303
    assert households(approver, village, today() - timedelta(days=1)) == 76_303
    assert households(approver, village, today()) == 9


def test_a_second_number_of_a_day_supersedes_and_a_new_day_adds(
    approver: Caller, village: str
) -> None:
    path = model(approver, village, households=10)
    for value, day in (
        (20, "2021-01-01"),
        (30, "2021-01-01"),
        (40, "2022-01-01"),
        (11, "2020-01-01"),
    ):
        body = {"households": value, "effective_on": day}
        done = approver.change("PATCH", path, body)
        assert done.status_code == 200, done.text
    assert done.json()["households"] == 40  # the latest day, not the last entry
    for day, value in (
        ("2020-06-01", 11),
        ("2021-01-01", 30),
        ("2021-12-31", 30),
        ("2022-01-01", 40),
    ):
        assert households(approver, village, day) == value
    rows = approver.get(path, expand="quantities").json()["quantities"]
    kept = [(row["value"], row["valid_from"], bool(row["superseded_at"])) for row in rows]
    assert sorted(kept, key=str) == sorted(
        [(10, None, True), (11, None, False), (20, "2021-01-01", True), (30, "2021-01-01", False),
         (40, "2022-01-01", False)], key=str,
    )  # fmt: skip


def test_both_layers_enter_a_number_of_a_day(approver: Caller, village: str) -> None:
    path = model(approver, village, households=10)
    data = {"households": 25, "effectiveOn": "2021-05-01"}
    asked = approver.ask(CHANGE, id=path.rpartition("/")[2], v=1, data=data)
    row = asked["data"]["changeModel"]
    assert row["households"] == 25
    assert {
        "field": "households",
        "value": 25,
        "validFrom": "2021-05-01",
        "supersededAt": None,
    } in (row["quantities"])
    assert households(approver, village, "2021-04-30") == 10
    assert households(approver, village, "2021-05-01") == 25


def test_a_day_to_come_and_a_day_of_nothing_are_refused(approver: Caller, village: str) -> None:
    path = model(approver, village)
    later = str(today() + timedelta(days=1))
    early = approver.change("PATCH", path, {"households": 3, "effective_on": later})
    assert (early.status_code, early.json()["code"]) == (422, "quantity_of_the_future")
    alone = approver.change("PATCH", path, {"name": "x", "effective_on": "2021-01-01"})
    assert alone.json()["errors"][0]["code"] == "effective_on_of_nothing"
    assert approver.get(path).json()["version"] == 1


def test_a_number_that_becomes_unknown_counts_no_more(approver: Caller, village: str) -> None:
    path = model(approver, village, households=10)
    body = {"households": None, "effective_on": "2022-01-01"}
    assert approver.change("PATCH", path, body).json()["households"] is None
    assert households(approver, village, "2021-12-31") == 10
    assert households(approver, village, "2022-01-01") == 0


def test_the_pilot_flag_holds_from_its_day(approver: Caller, village: str) -> None:
    path = model(approver, village)
    assert approver.change("PATCH", path, {"pilot": True, "effective_on": "2021-01-01"}).json()[
        "pilot"
    ]
    [row] = approver.get(path, expand="quantities").json()["quantities"]
    assert (row["field"], row["value"], row["valid_from"]) == ("pilot", 1, "2021-01-01")


def test_the_counted_size_of_a_team_holds_from_its_day(approver: Caller, village: str) -> None:
    words = {"kind": "core_group", "unit": village, "name": "Nòng cốt", "counted_size": 5}
    made = approver.post("/api/v1/teams", words | {"established_on": "2020-01-01"}).json()
    path = f"/api/v1/teams/{made['id']}"
    body = {"counted_size": 8, "effective_on": "2022-01-01"}
    assert approver.change("PATCH", path, body).json()["counted_size"] == 8
    for day, people in (("2021-12-31", 5), ("2022-01-01", 8)):
        told = approver.get("/api/v1/teams/tally", unit=village, on=day).json()["kinds"]
        assert [line["people"] for line in told] == [people]
    rows = approver.get(path, expand="quantities").json()["quantities"]
    assert len(rows) == 2


def groups(caller: Caller, unit: str, day: str) -> int:
    found: int = caller.get("/api/v1/model-tally", unit=unit, on=day).json()["groups"]
    return found


def test_groups_are_stated_or_counted_and_never_both(approver: Caller, village: str) -> None:
    path = model(approver, village, groups=4)
    joined = {"kind": "group", "count": 1, "joined_on": "2021-01-01"}
    refused = approver.change("POST", path, joined, at="/members")
    assert (refused.status_code, refused.json()["code"]) == (409, "groups_are_stated")
    body = {"groups": None, "effective_on": "2021-01-01"}
    assert approver.change("PATCH", path, body).status_code == 200
    assert approver.change("POST", path, joined | {"count": 3}, at="/members").status_code == 200
    late = approver.change("PATCH", path, {"groups": 9, "effective_on": "2022-01-01"})
    assert (late.status_code, late.json()["code"]) == (409, "groups_are_counted")
    assert (groups(approver, village, "2020-06-01"), groups(approver, village, "2021-06-01")) == (
        4,
        3,
    )


def test_figures_of_any_day_follow_from_the_entries(approver: Caller, village: str) -> None:
    """Corrections and voids in any order: each figure is what the entries say of its day."""
    dice = make_dice("quantities")
    paths = [model(approver, village, households=n * 10) for n in range(1, 4)]
    for _ in range(25):
        path = dice.choice(paths)
        day = FIRST + timedelta(days=dice.randrange(900))
        body = {"households": dice.choice([None, *range(100)]), "effective_on": str(day)}
        if dice.random() < 0.1:
            answer = approver.change("POST", path, {"reason": "x"}, at="/void")
        else:
            answer = approver.change("PATCH", path, body)
        assert answer.status_code in (200, 409), answer.text
    for _ in range(12):
        day = FIRST + timedelta(days=dice.randrange(1000))
        assert households(approver, village, day) == sum(_on(approver, path, day) for path in paths)


def _on(caller: Caller, path: str, day: date) -> int:
    """Recompute a number of a day from the entries that were not superseded."""
    row = caller.get(path, expand="quantities").json()
    if row["voided_at"]:
        return 0
    found = [
        (one["valid_from"] or "", one["value"] or 0)
        for one in row["quantities"]
        if one["superseded_at"] is None and (one["valid_from"] or "") <= str(day)
    ]
    return max(found)[1] if found else 0
