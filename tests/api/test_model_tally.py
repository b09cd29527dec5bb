"""Types, sites and groups: as published for 2024, and each counted once wherever it is queried."""

from typing import Any
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.domain.actor import Level, Role
from tests.application import Application, Caller
from tests.give import PAPER, Country

PATH, DAY = "/api/v1/model-tally", "2024-10-16"
SIX = ["06", "04", "10", "08", "02", "15"]
QUERY = """query($unit: String!, $on: Date, $boundary: String!) {
    modelTally(unit: $unit, on: $on, boundary: $boundary) { types sites groups boundaryDay
        byType { code field hostKind sites groups } byField { field types sites groups }
        byHostKind { hostKind types sites groups } } }"""


def of(tally: Any, code: str) -> tuple[int, int]:
    return next((t["sites"], t["groups"]) for t in tally["by_type"] if t["code"] == code)


@pytest.fixture
def viewer(atlas: Application) -> Caller:
    return atlas.national(Role.VIEWER)


def test_the_published_figures_of_2024(viewer: Caller) -> None:
    tally = viewer.get(PATH, unit="06", on=DAY).json()
    assert tally["types"] == 61
    for code in ("to_an_ninh_nhan_dan", "to_hoa_giai", "to_tu_quan_antt"):
        assert of(tally, code) == (1, 0)  # their groups are counted as teams
    assert of(tally, "cum_an_ninh_lien_hoan") == (22, 0)
    assert of(tally, "ho_an_toan") == (847, 0)
    clusters = {
        name: viewer.get(
            "/api/v1/models", type="Cụm an ninh liên hoàn", search=name, total="exact", limit=1
        ).json()["total"]
        for name in ("tuyến giáp ranh", "cụm liên tỉnh", "cụm liên huyện", "cụm liên xã")
    }
    assert list(clusters.values()) == [1, 7, 2, 12]


def test_both_layers_and_all_parts_return_the_same(viewer: Caller) -> None:
    for boundary, unit in (("as_recorded", "06"), ("current", "19"), ("as_recorded", "VN")):
        tally = viewer.get(PATH, unit=unit, on=DAY, boundary=boundary).json()
        given = {"unit": unit, "on": DAY, "boundary": boundary}
        same = viewer.ask(QUERY, **given)["data"]["modelTally"]
        for name in ("types", "sites", "groups"):
            assert same[name] == tally[name]
            for parts in ("by_field", "by_host_kind"):
                assert sum(part[name] for part in tally[parts]) == tally[name]
        assert [t["sites"] for t in same["byType"]] == [t["sites"] for t in tally["by_type"]]


def test_before_its_launch_nothing_is_counted(viewer: Caller) -> None:
    first = viewer.get(PATH, unit="06", on="2018-07-01").json()
    assert (first["types"], first["sites"]) == (0, 0)
    assert viewer.get(PATH, unit="06", on="2018-07-02").json()["sites"] == 88


def test_a_cluster_of_six_provinces_is_seen_by_each_and_counted_once_above(
    atlas: Application, viewer: Caller
) -> None:
    kind = "cum_an_ninh_lien_hoan"
    asked = {"type": kind, "search": "giáp ranh", "fields": "id,hosts[unit_id]"}
    (line,) = viewer.get("/api/v1/models", **asked).json()["items"]
    assert len(line["hosts"]) == 6
    each = [of(viewer.get(PATH, unit=code, on=DAY).json(), kind)[0] for code in SIX]
    assert each == [22, 3, 1, 3, 1, 1]
    other = {code: of(viewer.get(PATH, unit=code, on=DAY).json(), kind)[0] for code in ("19", "20")}
    whole = of(viewer.get(PATH, unit="VN", on=DAY).json(), kind)[0]
    assert sum(each) + sum(other.values()) - (6 - 1) - 7 * (2 - 1) == whole == 22
    for code in ("19", "04", "15", "08"):  # what the six became
        here = atlas.at(Role.VIEWER, code=code)
        assert here.get(f"/api/v1/models/{line['id']}").status_code == 200
        found = here.get(PATH, unit=code, on=DAY, boundary="current").json()
        assert of(found, kind)[0] >= 1
    assert atlas.at(Role.VIEWER, code="22").get(f"/api/v1/models/{line['id']}").status_code == 404


@given(st.data())
@settings(max_examples=8, deadline=None,
          suppress_health_check=[HealthCheck.function_scoped_fixture])  # fmt: skip
def test_the_provinces_less_what_they_share_make_the_country(
    application: Application, country: Country, data: st.DataObject
) -> None:
    nation = application.caller(
        Role.RECORDER, Role.APPROVER, level=Level.NATIONAL, unit=country[""]
    )
    kind = f"t{uuid4().hex}"
    nation.post("/api/v1/model-types", {"code": kind, "name": kind})
    places = st.sets(st.sampled_from([path for path in country.units if path]), min_size=1)
    wanted = data.draw(st.lists(places, min_size=1, max_size=6))
    models = [
        {"type": kind, "units": [str(country[path]) for path in sorted(paths)], "name": "Cụm",
         "groups": 2, "launched_on": "2021-01-01"}
        for paths in wanted
    ]  # fmt: skip
    assert nation.post("/api/v1/models/bulk", {"models": models}).status_code == 201

    def sites(path: str) -> int:
        tally = nation.get(PATH, unit=str(country[path]), on="2022-01-01").json()
        return next((t["sites"] for t in tally["by_type"] if t["code"] == kind), 0)

    shared = sum(len({path[0] for path in paths}) - 1 for paths in wanted)
    assert sites("1") + sites("2") - shared == sites("") == len(wanted)


def test_who_may(atlas: Application) -> None:
    asked = {"unit": "19", "on": DAY, "boundary": "current"}
    assert atlas.nobody.get(PATH, **asked).status_code == 401
    assert atlas.national(Role.TIP_OFFICER).get(PATH, **asked).status_code == 403
    assert atlas.at(Role.VIEWER, code="22").get(PATH, **asked).status_code == 404
    denied = atlas.at(Role.VIEWER, code="22").ask(QUERY, **asked)
    assert denied["errors"][0]["extensions"]["code"] == "unit_not_found"


def test_what_is_suspended_or_retired_no_longer_counts_from_that_day(
    application: Application, country: Country
) -> None:
    unit = country["2.2"]
    recorder = application.caller(Role.RECORDER, level=Level.COMMUNE, unit=unit)
    place = str(country["2.2.1"])
    kind, covered = f"t{uuid4().hex}", "/api/v1/model-types/{}/coverage"
    application.caller(Role.APPROVER, level=Level.NATIONAL, unit=country[""]).post(
        "/api/v1/model-types", {"code": kind, "name": kind}
    )
    said = {"type": kind, "units": [place], "name": "x", "launched_on": "2020-01-01"}
    path = f"/api/v1/models/{recorder.post('/api/v1/models', said).json()['id']}"
    for action, day in (("operate", "2020-02-01"), ("suspend", "2020-03-01"),
                        ("resume", "2020-04-01"), ("retire", "2020-05-01")):  # fmt: skip
        step = {"action": action, "effective_on": day, "reason": "x", "document_id": str(PAPER)}
        assert recorder.move(path, step).status_code == 200
    days = {"2019-12-31": 0, "2020-01-01": 1, "2020-02-29": 1, "2020-03-01": 0, "2020-03-31": 0,
            "2020-04-01": 1, "2020-04-30": 1, "2020-05-01": 0}  # fmt: skip
    for day, expected in days.items():
        found = recorder.get(covered.format(kind), unit=str(unit), on=day).json()
        assert found["covered"] == expected, day
        same = recorder.ask(
            "query($t: String!, $u: String!, $on: Date) {"
            " modelCoverage(id: $t, unit: $u, on: $on) { covered } }",
            t=kind, u=str(unit), on=day,
        )  # fmt: skip
        assert same["data"]["modelCoverage"]["covered"] == expected
