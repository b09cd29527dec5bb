"""Figures of daily work in the demo: pairs, changes without a level, numbers nobody gave."""

from typing import Any

import pytest

from app.domain.actor import Level, Role
from tests.application import Application, Caller
from tests.give import Country

YEARS = {"unit": "06", "from": "2019-01-01", "to": "2024-12-31"}
NONG_THUONG = {"unit": "01852", "window": "calendar_year:2018"}
THANH_LAM = {"unit": "06976", "window": "calendar_year:2021"}
FIGURES: list[tuple[dict[str, Any], Any, str, str]] = [
    ({**NONG_THUONG, "indicator": "incidents"}, 5, "equal", "incident"),
    ({**NONG_THUONG, "indicator": "involved_persons"}, 9, "equal", "involved_person"),
    ({**NONG_THUONG, "indicator": "launch_sessions"}, 15, "equal", "session"),
    ({**NONG_THUONG, "indicator": "launch_participations"}, 500, "more_than", "participation"),
    ({**YEARS, "indicator": "disputes_mediated"}, 1062, "equal", "case"),
    ({**YEARS, "indicator": "reintegration_contacts"}, 1062, "equal", "participation"),
    ({**YEARS, "indicator": "weapons_collected"}, 1224, "equal", "weapon"),
    ({**YEARS, "indicator": "launch_places"}, 7826, "equal", "place_occasion"),
    ({**YEARS, "indicator": "footage_extractions", "unit": "38", "to": "2025-12-31"}, 1028,
     "equal", "occurrence"),
]  # fmt: skip


@pytest.fixture
def viewer(atlas: Application) -> Caller:
    return atlas.national(Role.VIEWER)


def ask(caller: Caller, **question: Any) -> Any:
    answer = caller.get("/api/v1/figures", **question)
    assert answer.status_code == 200, answer.text
    return answer.json()


@pytest.mark.parametrize(("question", "value", "qualifier", "unit"), FIGURES)
def test_published_numbers_are_figures_of_their_records(
    viewer: Caller, question: dict[str, Any], value: int, qualifier: str, unit: str
) -> None:
    found = ask(viewer, **question)
    assert (found["value"], found["qualifier"]) == (value, qualifier)
    assert found["counting_unit"] == unit


def test_a_change_alone_is_no_level(viewer: Caller) -> None:
    for indicator, change in (("incidents", -2), ("involved_persons", -3)):
        found = ask(viewer, indicator=indicator, **THANH_LAM)
        assert (found["value"], found["qualifier"]) == (None, "unquantified")
        assert (found["change"], found["facts"]) == (change, 0)


def test_a_number_that_nobody_gave_is_not_0(viewer: Caller) -> None:
    found = ask(viewer, indicator="weapon_parts_collected", **YEARS)
    assert (found["value"], found["qualifier"]) == (None, "unquantified")


def test_records_of_incidents_are_listed_to_those_who_read_them(
    viewer: Caller, atlas: Application
) -> None:
    figure = ask(viewer, indicator="incidents", **NONG_THUONG)
    trace = viewer.get(figure["trace"]).json()
    levels = [one["value"] for one in trace["records"] if not one["delta_only"]]
    assert (sum(levels), len(levels)) == (figure["value"], trace["facts"])
    assert trace["hidden"] == 0
    assert viewer.get(trace["records"][0]["path"]).status_code == 200
    foreign = atlas.at(Role.VIEWER, code="38").get(figure["trace"])
    assert (foreign.status_code, foreign.json()["code"]) == (422, "whole_windows_only")


def remove(caller: Caller, path: str) -> None:
    assert caller.change("POST", path, {"reason": "Nhập nhầm"}, at="/void").status_code == 200


def test_a_corrected_day_moves_an_activity_to_another_year(
    application: Application, country: Country
) -> None:
    """The places of an activity know its day too, and follow it."""
    approver = application.caller(Role.APPROVER, level=Level.COMMUNE, unit=country["1.1"])
    made = approver.post("/api/v1/activities", {
        "unit": str(country["1.1"]), "units": [str(country["1.1.1"])], "kind": "patrol",
        "starts_on": "2016-03-01", "quantities": [{"measure": "patrols", "value": 7}],
    })  # fmt: skip
    path = f"/api/v1/activities/{made.json()['id']}"

    def count(year: int, unit: str) -> list[float]:
        of = {"unit": str(country[unit]), "window": f"calendar_year:{year}"}
        return [ask(approver, indicator=one, **of)["value"] for one in ("patrols", "activities")]

    assert count(2016, "1.1") == [7, 1]
    changed = approver.change("PATCH", path, {"starts_on": "2015-03-01", "ends_on": "2015-03-01"})
    assert changed.status_code == 200, changed.text
    for unit in ("1.1", "1.1.1", "1"):
        assert (count(2016, unit), count(2015, unit)) == ([0, 0], [7, 1]), unit
    remove(approver, path)


def test_records_of_others_stay_hidden_behind_a_small_figure(
    application: Application, country: Country
) -> None:
    """A trace lists one's own records alone, and does not tell how many others there are."""
    entered: list[tuple[Caller, str]] = []
    for unit, number in (("1.1", 2), ("1.2", 3)):
        clerk = application.caller(Role.APPROVER, level=Level.COMMUNE, unit=country[unit])
        for _ in range(number):
            made = clerk.post("/api/v1/incidents", {
                "unit": str(country[unit]), "category": "theft", "involved_count": 1,
                "period_from": "2016-05-04",
            })  # fmt: skip
            entered.append((clerk, f"/api/v1/incidents/{made.json()['id']}"))
    own, of = entered[0][0], {"from": "2016-05-01", "to": "2016-05-31", "boundary": "current"}
    for unit, visible in (("1", 2), ("1.2", 0)):
        figure = ask(own, indicator="incidents", unit=str(country[unit]), **of)
        assert (figure["value"], figure["suppressed"]) == (None, True)
        trace = own.get(figure["trace"]).json()
        assert (trace["value_now"], trace["facts"], trace["suppressed"]) == (None, 0, True)
        assert (len(trace["records"]), trace["visible"], trace["hidden"]) == (visible, visible, 0)
    for clerk, path in entered:
        remove(clerk, path)
