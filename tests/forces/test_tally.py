"""The number of groups: the published figures, by the map of the day and by today's."""

from typing import Any

import pytest

from app.demo.forces import load_forces
from app.demo.programme_models import national_actor
from app.domain.actor import Role
from tests.application import Application, runner
from tests.forces.give import DISSOLVE, TEAMS, Scenario

PATH = "/api/v1/teams/tally"
DAY = "2024-12-31"
QUERY = """query($unit: String!, $on: Date, $boundary: String!) {
    teamTally(unit: $unit, on: $on, boundary: $boundary) {
        teams boundaryDay kinds { kind teams people ofUnknownSize }
        byCommune { code name kinds { kind teams } } unattributed { kind teams } } }"""
PUBLISHED = {"people_security_group": 845, "mediation_group": 1127, "self_managed_group": 98}


def by_kind(lines: Any) -> dict[str, int]:
    return {line["kind"].lower(): line["teams"] for line in lines}


def test_the_published_figures_at_both_layers(atlas: Application) -> None:
    viewer = atlas.national(Role.VIEWER)
    found = viewer.get(PATH, unit="06", on=DAY).json()
    assert (by_kind(found["kinds"]), found["teams"]) == (PUBLISHED, 845 + 1127 + 98)
    assert len(found["by_commune"]) == 108
    same = viewer.ask(QUERY, unit="06", on=DAY, boundary="as_recorded")["data"]["teamTally"]
    assert by_kind(same["kinds"]) == PUBLISHED
    assert [s["code"] for s in same["byCommune"]] == [s["code"] for s in found["by_commune"]]


def test_the_figures_come_out_of_rows(atlas: Application) -> None:
    viewer = atlas.national(Role.VIEWER)
    for kind, count in PUBLISHED.items():
        asked = {"unit": "06", "kind": kind, "as_of": DAY}
        page = viewer.get("/api/v1/teams", limit=1, total="exact", **asked).json()
        assert "total" in page, page
        assert (page["total"], page["total_is_exact"]) == (count, True)


def test_the_committee_of_the_published_figure(atlas: Application) -> None:
    found = atlas.national(Role.VIEWER).get("/api/v1/committees", code="BCĐ-05 BC").json()["items"]
    assert [(c["size"], c["chair_position"], c["established_on"]) for c in found] == [
        (30, "Bí thư Huyện ủy", "2021-07-15")
    ]
    here = atlas.at(Role.VIEWER, code="22").get("/api/v1/committees").json()
    assert [c["code"] for c in here["items"]] == ["BCĐ-05 BC"]


def test_the_parts_make_the_whole_on_every_map(atlas: Application) -> None:
    viewer = atlas.national(Role.VIEWER)
    for boundary in ("as_recorded", "current", "as_of:2025-06-30"):
        found = viewer.get(PATH, unit="06", on=DAY, boundary=boundary).json()
        parts = [line for share in found["by_commune"] for line in share["kinds"]]
        for kind, count in PUBLISHED.items():
            told = [*parts, *found["unattributed"]]
            assert sum(line["teams"] for line in told if line["kind"] == kind) == count
        assert by_kind(found["kinds"]) == PUBLISHED


def test_todays_map_gives_todays_communes_of_thai_nguyen(atlas: Application) -> None:
    viewer = atlas.national(Role.VIEWER)
    whole = viewer.get(PATH, unit="19", on=DAY, boundary="current").json()
    assert (whole["unit_name"], by_kind(whole["kinds"])) == ("Thái Nguyên", PUBLISHED)
    page = viewer.get("/api/v1/units", parent="19", fields="code", limit=100).json()["items"]
    assert {share["code"] for share in whole["by_commune"]} < {unit["code"] for unit in page}


def test_a_commune_and_the_country_are_counted_as_well(atlas: Application) -> None:
    viewer = atlas.national(Role.VIEWER)
    here = viewer.get(PATH, unit="01852", on=DAY).json()
    assert (here["unit_name"], len(here["by_commune"])) == ("Nông Thượng", 1)
    country = viewer.get(PATH, unit="VN", on=DAY).json()
    assert by_kind(country["kinds"]) == PUBLISHED


def test_before_any_was_established_there_is_none(atlas: Application) -> None:
    found = atlas.national(Role.VIEWER).get(PATH, unit="06", on="2015-12-31").json()
    assert (found["teams"], found["kinds"], found["by_commune"]) == (0, [], [])


def test_teams_without_a_known_number_of_people_are_counted(atlas: Application) -> None:
    for line in atlas.national(Role.VIEWER).get(PATH, unit="06", on=DAY).json()["kinds"]:
        assert (line["people"], line["of_unknown_size"]) == (0, PUBLISHED[line["kind"]])


def test_the_demo_is_loaded_once(atlas: Application) -> None:
    async def again() -> bool:
        async with atlas.app.state.resources.database.write_transaction() as session:
            actor = await national_actor(session, Role.RECORDER, Role.APPROVER)
            return await load_forces(session, actor, lambda *_: None)

    assert runner().run(again()) is False


def test_who_may_and_of_which_units(atlas: Application) -> None:
    ask = {"unit": "06", "on": DAY}
    assert atlas.nobody.get(PATH, **ask).status_code == 401
    assert atlas.national(Role.TIP_OFFICER).get(PATH, **ask).status_code == 403
    assert atlas.at(Role.VIEWER, code="22").get(PATH, **ask).status_code == 404
    assert atlas.at(Role.VIEWER, code="19").get(PATH, **ask).status_code == 200
    denied = atlas.at(Role.VIEWER, code="22").ask(QUERY, **ask, boundary="current")
    assert denied["errors"][0]["extensions"]["code"] == "unit_not_found"
    assert atlas.nobody.query(QUERY, **ask, boundary="current").status_code == 401


@pytest.mark.parametrize(
    ("given", "status", "code"),
    [
        ({"unit": "06"}, 404, "unit_not_found"),  # no unit goes by 06 today
        ({"unit": "19", "boundary": "tomorrow"}, 422, "not_a_boundary"),
        ({}, 422, "invalid_fields"),
        ({"unit": "19", "on": "31/12/2024"}, 422, "invalid_fields"),
    ],
)
def test_refusals(atlas: Application, given: dict[str, str], status: int, code: str) -> None:
    answer = atlas.national(Role.VIEWER).get(PATH, **given)
    assert (answer.status_code, answer.json()["code"]) == (status, code)


def test_people_are_those_serving_that_day_or_the_recorded_number(
    scenario: Scenario,
) -> None:
    here = {"kind": "patrol_group", "unit": str(scenario.country["1.1.2"])}
    served, counted = (
        scenario.give_team(**here)["id"],
        scenario.give_team(**here, counted_size=7)["id"],
    )
    scenario.give_team(**here)
    first = scenario.active(served, "leader")
    scenario.active(served, since="2025-01-01")
    assert scenario.step(first, "resign", "2025-06-01", reason="Tuổi cao").is_success
    said = DISSOLVE | {"effective_on": "2025-09-01"}
    assert scenario.approver.move(f"{TEAMS}/{counted}", said).is_success
    viewer = scenario.who(Role.VIEWER)
    for on, line in (
        ("2024-06-30", None), ("2024-07-01", (3, 8, 1)), ("2025-01-01", (3, 9, 1)),
        ("2025-06-01", (3, 8, 1)), ("2025-08-31", (3, 8, 1)), ("2025-09-01", (2, 1, 1)),
    ):  # fmt: skip
        found = viewer.get(PATH, unit=here["unit"], on=on).json()["kinds"]
        told = [(o["teams"], o["people"], o["of_unknown_size"]) for o in found
                if o["kind"] == "patrol_group"]  # fmt: skip
        assert told == ([line] if line else []), on
