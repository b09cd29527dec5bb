"""Figures of daily work in the demo: pairs, changes without a level, numbers nobody gave."""

from typing import Any

import pytest

from app.domain.actor import Role
from tests.application import Application, Caller

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
