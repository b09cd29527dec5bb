"""The coverage of a model: the published figures, by the map of the day and by today's."""

import pytest

from app.domain.actor import Level, Role
from tests.application import Application
from tests.give import Country

PATH = "/api/v1/model-types/ho_an_toan/coverage"
QUERY = """query($unit: String!, $on: Date, $boundary: String!) {
    modelCoverage(id: "ho_an_toan", unit: $unit, on: $on, boundary: $boundary) {
        covered existing percent households communes boundaryDay
        byCommune { code name covered existing percent households }
        unattributed { covered existing households } } }"""
DAY = "2020-09-08"


def test_the_published_figures_at_both_layers(atlas: Application) -> None:
    viewer = atlas.national(Role.VIEWER)
    found = viewer.get(PATH, unit="06", on=DAY).json()
    assert (found["covered"], found["existing"], found["percent"]) == (847, 1310, 64.66)
    assert (found["communes"], found["households"]) == (108, 76_303)
    same = viewer.ask(QUERY, unit="06", on=DAY, boundary="as_recorded")["data"]["modelCoverage"]
    assert (same["covered"], same["existing"], float(same["percent"])) == (847, 1310, 64.66)
    assert [share["code"] for share in same["byCommune"]] == [
        share["code"] for share in found["by_commune"]
    ]


def test_the_parts_make_the_whole_on_every_map(atlas: Application) -> None:
    viewer = atlas.national(Role.VIEWER)
    for boundary in ("as_recorded", "current", "as_of:2025-06-30"):
        found = viewer.get(PATH, unit="06", on=DAY, boundary=boundary).json()
        parts = found["by_commune"] + found["unattributed"]
        for sum_of in ("covered", "existing", "households"):
            assert sum(part[sum_of] for part in parts) == found[sum_of]
        assert (found["covered"], found["existing"]) == (847, 1310)


def test_todays_map_gives_todays_communes_of_thai_nguyen(atlas: Application) -> None:
    viewer = atlas.national(Role.VIEWER)
    found = viewer.get(PATH, unit="06", on=DAY, boundary="current").json()
    page = viewer.get("/api/v1/units", parent="19", fields="code", limit=100).json()["items"]
    today = {unit["code"] for unit in page}
    assert {share["code"] for share in found["by_commune"]} < today
    assert len(found["by_commune"]) == 37
    assert found["unattributed"] == []
    whole = viewer.get(PATH, unit="19", on=DAY, boundary="current").json()
    assert (whole["unit_name"], whole["covered"]) == ("Thái Nguyên", 847)


def test_before_the_first_launch_nothing_is_covered(atlas: Application) -> None:
    found = atlas.national(Role.VIEWER).get(PATH, unit="06", on="2018-07-01").json()
    assert (found["covered"], found["percent"], found["existing"]) == (0, 0.0, 1310)
    pilots = atlas.national(Role.VIEWER).get(PATH, unit="06", on="2018-07-02").json()
    assert pilots["covered"] == 81 + 7


def test_coverage_of_a_commune_is_available(atlas: Application) -> None:
    found = atlas.national(Role.VIEWER).get(PATH, unit="01852", on=DAY).json()
    assert (found["unit_name"], found["existing"], found["communes"]) == ("Nông Thượng", 15, 1)


def test_who_may_and_of_which_units(atlas: Application) -> None:
    ask = {"unit": "06", "on": DAY}
    assert atlas.nobody.get(PATH, **ask).status_code == 401
    assert atlas.national(Role.TIP_OFFICER).get(PATH, **ask).status_code == 403
    assert atlas.at(Role.VIEWER, code="22").get(PATH, **ask).status_code == 404
    assert atlas.at(Role.VIEWER, code="19").get(PATH, **ask).status_code == 200
    denied = atlas.at(Role.VIEWER, code="22").ask(QUERY, **ask, boundary="current")
    assert denied["errors"][0]["extensions"]["code"] == "unit_not_found"


@pytest.mark.parametrize(
    ("given", "status", "code"),
    [
        ({"unit": "06"}, 404, "unit_not_found"),  # no unit goes by 06 today
        ({"unit": "19", "boundary": "tomorrow"}, 422, "not_a_boundary"),
        ({}, 422, "invalid_fields"),
        ({"unit": "19", "on": "8/9/2020"}, 422, "invalid_fields"),
    ],
)
def test_refusals(atlas: Application, given: dict[str, str], status: int, code: str) -> None:
    answer = atlas.national(Role.VIEWER).get(PATH, **given)
    assert (answer.status_code, answer.json()["code"]) == (status, code)


def test_a_place_of_unknown_commune_is_marked(application: Application, country: Country) -> None:
    viewer = application.caller(Role.VIEWER, level=Level.PROVINCE, unit=country["1"])
    found = viewer.get("/api/v1/model-types/camera/coverage", unit=str(country["1"])).json()
    villages = viewer.get("/api/v1/units", level="village", within=str(country["1"]), limit=100)
    assert found["existing"] == len(villages.json()["items"]) >= 6
    assert found["unattributed"] == []
