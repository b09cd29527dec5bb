"""Figures of the demo: what its records add up to, by whichever map, window and split."""

from typing import Any

import pytest

from app.domain.actor import Role
from tests.application import Application, Caller

HAT = "type:ho_an_toan"
PILOTS = {"indicator": "pilot_models", "unit": "06", "from": "2018-07-01", "to": "2018-12-31"}
IN_2020 = {"unit": "06", "from": "2018-01-01", "to": "2020-09-08", "filter": HAT}
IN_2024 = {"unit": "06", "window": "calendar_year:2024"}
FIGURES: list[tuple[dict[str, Any], Any]] = [
    ({**IN_2020, "indicator": "model_coverage"}, 64.66),
    ({**IN_2020, "indicator": "model_villages"}, 847),
    ({**IN_2020, "indicator": "villages", "filter": "kind:village|residential_group|hamlet"}, 1310),
    ({**IN_2020, "indicator": "model_communes"}, 108),
    ({**IN_2020, "indicator": "model_households"}, 76303),
    ({**IN_2024, "indicator": "model_types"}, 61),
    ({**IN_2024, "indicator": "groups", "filter": "kind:mediation_group"}, 1127),
    ({**IN_2024, "indicator": "model_recognitions", "filter": "level:ministry"}, 0),
    ({**IN_2024, "indicator": "model_villages", "boundary": "current"}, 847),
    ({**IN_2024, "indicator": "model_villages", "boundary": "as_of:2020-01-01"}, 847),
]
QUERY = """query($by: String) { figure(indicator: "security_clusters", unit: "06", by: $by,
    window: "calendar_year:2024") { figureId value qualifier countingUnit inSeveral
    cells { key value } completeness { expected } comparison { value } } }"""


@pytest.fixture
def viewer(atlas: Application) -> Caller:
    return atlas.national(Role.VIEWER)


def ask(caller: Caller, **question: Any) -> Any:
    answer = caller.get("/api/v1/figures", **question)
    assert answer.status_code == 200, answer.text
    return answer.json()


def cells(figure: Any) -> dict[str, Any]:
    return {cell["key"]: cell["value"] for cell in figure["cells"]}


@pytest.mark.parametrize(("question", "value"), FIGURES)
def test_figures_are_those_published(viewer: Caller, question: dict[str, Any], value: Any) -> None:
    assert ask(viewer, **question)["value"] == value


def test_pilots_by_kind_of_unit(viewer: Caller) -> None:
    by_kind = cells(ask(viewer, **PILOTS, by="unit_kind", filter=HAT))
    assert (by_kind["residential_group"], sum(by_kind.values())) == (7, 88)


def test_clusters_by_span_are_1_7_2_12(viewer: Caller) -> None:
    spans = cells(ask(viewer, indicator="security_clusters", by="host_span", **IN_2024))
    assert {span: number for span, number in spans.items() if number} == {
        "several_provinces": 1, "two_provinces": 7, "districts": 2, "communes": 12,
    }  # fmt: skip
    assert spans["one_unit"] == 0


def test_both_layers_return_the_same(viewer: Caller) -> None:
    rest = ask(viewer, indicator="security_clusters", by="host_span", **IN_2024)
    [found] = viewer.ask(QUERY, by="host_span")["data"].values()
    assert (found["value"], found["countingUnit"]) == (22, "cluster")
    assert found["cells"] == [{"key": c["key"], "value": c["value"]} for c in rest["cells"]]
    refused = viewer.ask(QUERY, by="mood")["errors"][0]["extensions"]
    assert refused["code"] == "unknown_dimension"
    assert "host_span" in refused["known"]


def test_whole_numbers_have_no_decimals(viewer: Caller) -> None:
    """847 villages are 847, never 847.0, in both layers; a share keeps its decimals."""
    whole = viewer.get("/api/v1/figures", indicator="model_villages", **IN_2020)
    assert '"value":847,' in whole.text
    assert '"value":64.66,' in viewer.get("/api/v1/figures", indicator="model_coverage",
                                          **IN_2020).text  # fmt: skip
    query = """{ figure(indicator: "model_villages", unit: "06", filter: "type:ho_an_toan",
        from: "2018-01-01", to: "2020-09-08") { value } }"""
    told = viewer.post("/graphql", json={"query": query})
    assert told.text == '{"data":{"figure":{"value":847}}}'


def test_all_children_and_months_are_there(viewer: Caller) -> None:
    country = ask(
        viewer, indicator="models", unit="VN", window="calendar_year:2024", by="child_unit"
    )
    assert len(country["cells"]) == 63
    assert sum(cells(country).values()) + (country["unattributed"] or {"value": 0})["value"] == (
        country["value"] + country["in_several"]
    )
    months = ask(viewer, indicator="models", unit="06", window="calendar_year:2018", by="month")
    assert list(cells(months)) == [f"2018-{month:02}" for month in range(1, 13)]
    assert cells(months)["2018-01"] == 0
    assert cells(months)["2018-12"] == months["value"]


def test_a_figure_leads_to_its_records(viewer: Caller, atlas: Application) -> None:
    figure = ask(viewer, indicator="security_clusters", **IN_2024)
    trace = viewer.get(figure["trace"], first=20).json()
    rest = viewer.get(figure["trace"], first=20, after=trace["next"]).json()
    found = [*trace["records"], *rest["records"]]
    assert len({one["id"] for one in found}) == 22 == trace["facts"] == trace["visible"]
    assert (trace["same"], trace["value_now"], rest["next"]) == (True, 22, None)
    assert viewer.get(found[0]["path"]).status_code == 200
    elsewhere = atlas.at(Role.VIEWER, code="38")
    hidden = elsewhere.get(figure["trace"]).json()
    assert (hidden["records"], hidden["visible"], hidden["hidden"]) == ([], 0, 22)


def test_an_id_that_was_changed_is_no_figure(viewer: Caller) -> None:
    figure = ask(viewer, indicator="models", **IN_2024)
    for id in (figure["figure_id"][:-2] + "AA", "x.y", "é.a"):
        told = viewer.get(f"/api/v1/figures/{id}/trace")
        assert (told.status_code, told.json()["code"]) == (404, "figure_not_found")


def test_windows_over_a_merger_are_compared_on_one_map(viewer: Caller) -> None:
    how = {"indicator": "models", "window": "calendar_year:2025", "compare": "previous"}
    recorded = ask(viewer, unit="19", **how)["comparison"]
    assert (recorded["comparable"], recorded["not_comparable"]) == (False, "territory_changed")
    assert recorded["difference"] is None
    current = ask(viewer, unit="19", boundary="current", **how)
    assert current["comparison"]["comparable"] is True
    assert current["comparison"]["difference"] == current["value"] - current["comparison"]["value"]


def test_stated_figures_stand_beside(viewer: Caller) -> None:
    how = {"indicator": "documents_issued", "unit": "06", "from": "2019-01-01", "to": "2024-12-31"}
    figure = ask(viewer, **how)
    assert figure["value"] == 0
    assert {one["value"] for one in figure["stated"]} == {5, 40, 200, 580}


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"indicator": "moods"}, "unknown_indicator"),
        ({"window": "year:2024"}, "not_a_window"),
        ({"window": "calendar_quarter:2024"}, "not_a_window"),
        ({"window": "calendar_quarter:2024-5"}, "not_a_window"),
        ({"from": "2024-01-01"}, "window_needed"),
        ({"by": "color"}, "unknown_dimension"),
        ({"filter": "color:red"}, "unknown_dimension"),
        ({"filter": "field:red"}, "unknown_category"),
        ({"window": "calendar_year:2100"}, "future_window"),
        ({"boundary": "tomorrow"}, "not_a_boundary"),
        ({"unit": "nowhere"}, "unit_not_found"),
    ],
)
def test_what_cannot_be_answered_is_refused(viewer: Caller, wrong: Any, code: str) -> None:
    question = {"indicator": "models", "unit": "06", "window": "calendar_year:2024", **wrong}
    answer = viewer.get("/api/v1/figures", **question)
    assert (answer.status_code, answer.json()["code"]) in [(422, code), (404, code)]


def test_indicators_say_what_they_count(viewer: Caller) -> None:
    known = {one["code"]: one for one in viewer.get("/api/v1/indicators").json()["items"]}
    assert known["model_coverage"]["roll_up"] == "recompute"
    assert known["security_clusters"]["counting_unit"] == "cluster"
    named = ask(viewer, indicator="models@1", **IN_2024)
    assert named["version"] == 1


def test_a_share_of_nothing_is_none(viewer: Caller) -> None:
    months = ask(
        viewer, indicator="model_coverage", unit="08", window="calendar_year:2024", by="month"
    )
    assert (months["value"], months["denominator"]) == (None, 0)
    assert {cell["value"] for cell in months["cells"]} == {None}
