"""Questions about recorded numbers of the demo: the two 1,062, and 7,826 places of 1,310."""

from typing import Any

import pytest

from app.domain.actor import Level, Role
from tests.application import Application, Caller
from tests.give import Country

YEARS = {"unit": "06", "from": "2019-01-01", "to": "2024-12-31"}
QUERY = """query { figureQuestions(unit: "06", from: "2019-01-01", to: "2024-12-31") {
    items { kind textEn hidden records { id } } } }"""


@pytest.fixture
def viewer(atlas: Application) -> Caller:
    return atlas.national(Role.VIEWER)


def list_questions(caller: Caller, **question: Any) -> dict[str, list[Any]]:
    answer = caller.get("/api/v1/figures/questions", **question)
    assert answer.status_code == 200, answer.text
    found: dict[str, list[Any]] = {}
    for item in answer.json()["items"]:
        found.setdefault(item["kind"], []).append(item)
    return found


def test_a_number_that_stands_for_two_measures(viewer: Caller) -> None:
    [twice] = [
        one
        for one in list_questions(viewer, **YEARS)["repeated_figure"]
        if "1062" in one["text_vi"]
    ]
    references = {viewer.get(one["path"]).json()["reference"] for one in twice["records"]}
    assert references == {"A78", "A80"}
    assert twice["hidden"] == 0


def test_more_places_than_villages(viewer: Caller) -> None:
    [places] = list_questions(viewer, **YEARS)["more_places_than_exist"]
    assert "7826" in places["text_en"]
    assert viewer.get(places["records"][0]["path"]).json()["reference"] == "A68"


def test_late_and_undated_records_are_counted(viewer: Caller) -> None:
    found = list_questions(viewer, unit="VN", **{"from": "2018-01-01", "to": "2024-12-31"})
    assert found["undated"]
    assert found["late_entry"]
    for one in (*found["undated"], *found["late_entry"]):
        assert len(one["records"]) + one["hidden"] > 0


def test_records_are_named_to_those_who_read_them(atlas: Application) -> None:
    elsewhere = list_questions(atlas.at(Role.VIEWER, code="38"), **YEARS)
    [twice] = [one for one in elsewhere["repeated_figure"] if "1062" in one["text_vi"]]
    assert (twice["records"], twice["hidden"]) == ([], 2)


def test_both_layers_ask_the_same(viewer: Caller) -> None:
    rest = [one for items in list_questions(viewer, **YEARS).values() for one in items]
    told = viewer.ask(QUERY)["data"]["figureQuestions"]["items"]
    assert [(one["kind"].lower(), one["textEn"]) for one in told] == [
        (one["kind"], one["text_en"]) for one in rest
    ]


def test_a_number_that_is_that_of_the_year_before(
    application: Application, country: Country
) -> None:
    """Of four years with 12, 12, 13 and 13 patrols the second and the fourth are questioned."""
    unit, paths = str(country["1.1"]), list[str]()
    clerk = application.caller(Role.APPROVER, level=Level.COMMUNE, unit=country["1.1"])
    for year, patrols in ((2009, 12), (2010, 12), (2011, 13), (2012, 13)):
        made = clerk.post("/api/v1/activities", {
            "unit": unit, "kind": "patrol", "starts_on": f"{year}-01-01",
            "ends_on": f"{year}-12-31", "precision": "year",
            "quantities": [{"measure": "patrols", "value": patrols}],
        })  # fmt: skip
        assert made.status_code == 201, made.text
        paths.append(f"/api/v1/activities/{made.json()['id']}")
    found = list_questions(clerk, unit=unit, **{"from": "2009-01-01", "to": "2012-12-31"})
    copies = [[one["path"] for one in item["records"]] for item in found["copy_of_last_year"]]
    assert sorted(copies) == sorted([paths[:2], paths[2:]])
    for path in paths:
        assert clerk.change("POST", path, {"reason": "x"}, at="/void").status_code == 200
