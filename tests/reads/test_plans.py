"""The usual lists come out of an index in their order; no list reads a large table to its end."""

from datetime import date
from typing import Any

import pytest

from app.db.query.selection import SelectedField
from app.domain.actor import Level
from tests.application import VIET_NAM, runner
from tests.conftest import copy_database
from tests.reads.plans import crowd, find_scanned_tables, place, plans, sorts

LARGE = {
    "unit_version",
    "unit_parent",
    "unit_succession",
    "unit",
    "model",
    "model_host",
    "deadline",
    "team",
    "team_member",
    "committee",
}
Filters = dict[tuple[str, str], Any]


@pytest.fixture(scope="module")
def crowded_url(worker: str) -> str:
    """The shipped map with tens of thousands of models on it."""
    url = copy_database("atlas", f"plans_{worker}")
    runner().run(crowd(url))
    return url


COMMUNE: Filters = {("level", "eq"): "commune"}
TYPE: Filters = {("type", "eq"): "ho_an_toan"}
PROPOSED: Filters = {("state", "eq"): "proposed"}
DUE: Filters = {("due_on", "gte"): date(2026, 3, 1), ("due_on", "lte"): date(2026, 3, 5)}
# of a province more than a page: fewer rows are rightly sorted, for that costs nothing
QUARTER: Filters = {("due_on", "gte"): date(2026, 3, 1), ("due_on", "lte"): date(2026, 5, 31)}
USUAL: list[tuple[str, str, Level, Filters]] = [
    *(("Unit", order, Level.NATIONAL, some) for order in ("name", "code")
      for some in ({}, COMMUNE)),
    *(("Model", order, level, {}) for order in ("newest", "oldest")
      for level in (Level.NATIONAL, Level.PROVINCE)),
    *(("Model", order, Level.NATIONAL, some) for order in ("newest", "oldest")
      for some in (TYPE, PROPOSED)),
    *(("Deadline", "due", level, {}) for level in (Level.NATIONAL, Level.PROVINCE, Level.COMMUNE)),
    ("Deadline", "due", Level.NATIONAL, DUE), ("Deadline", "due", Level.PROVINCE, QUARTER),
    *((name, "newest", level, {}) for name in ("Team", "TeamMember", "Committee")
      for level in (Level.NATIONAL, Level.PROVINCE, Level.COMMUNE)),
    ("Team", "newest", Level.NATIONAL, {("kind", "eq"): "protection_team"}),
    ("Team", "oldest", Level.NATIONAL, PROPOSED),
    ("TeamMember", "newest", Level.NATIONAL, {("team_id", "eq"): VIET_NAM}),
    ("Committee", "newest", Level.NATIONAL, {("scope", "eq"): "crime_138"}),
]  # fmt: skip


@pytest.mark.parametrize(("name", "order", "level", "filters"), USUAL)
def test_the_usual_lists(
    crowded_url: str, name: str, order: str, level: Level, filters: Filters
) -> None:
    unit = VIET_NAM if level is Level.NATIONAL else runner().run(place(crowded_url, level))
    asking = plans(crowded_url, name, level, unit, order=order, filters=filters)
    for nodes in runner().run(asking):
        assert not find_scanned_tables(nodes) & LARGE
        assert not sorts(nodes)
        assert any(node.get("Index Name") for node in nodes)


def test_a_few_days_of_a_commune_come_out_of_its_index(crowded_url: str) -> None:
    """Rows fewer than a page may be sorted; they are found by the place and the day."""
    unit = runner().run(place(crowded_url, Level.COMMUNE))
    asking = plans(crowded_url, "Deadline", Level.COMMUNE, unit, order="due", filters=DUE)
    for nodes in runner().run(asking):
        assert not find_scanned_tables(nodes) & LARGE
        assert "ix_deadline_commune_id_due" in {node.get("Index Name") for node in nodes}
        assert all(node["Plan Rows"] <= 50 for node in nodes if node["Node Type"] == "Sort")


NARROW: list[tuple[str, Filters]] = [
    ("Unit", {("code", "eq"): "00004"}),
    ("Unit", {("code", "in"): ["00004", "01", "nope"]}),
    ("Unit", {("parent", "eq"): "01"}),
    ("Unit", {("parent", "eq"): "01"} | COMMUNE),
    ("Unit", {("search", "eq"): "dak lak"}),
    ("Unit", {("search", "eq"): "thanh"} | COMMUNE),
    ("Unit", {("level", "in"): ["province", "district"]}),
    ("Unit", {("kind", "eq"): "ward"}),
    ("Model", {("reference", "eq"): "c-1"}),
    ("Model", {("unit", "eq"): "00004"}),
    ("Model", PROPOSED | TYPE),
    ("Model", {("launched_on", "eq"): date(2016, 5, 5)}),
    ("Model", {("search", "eq"): "mo hinh 17"}),
    ("Team", {("search", "eq"): "to 17"}),
    ("Team", {("reference", "eq"): "c-1"}),
    ("Team", {("unit", "eq"): "00004"}),
    ("Committee", {("code", "eq"): "c1"}),
    ("Committee", {("unit", "eq"): "00004"}),
    ("Model", {("replicated_from", "eq"): VIET_NAM}),
    ("Model", {("review_due", "eq"): "inactive"}),
    ("Model", {("review_due", "eq"): "failed"}),
    ("ModelRecognition", {("type", "eq"): "ho_an_toan"}),
    ("Deadline", {("resource_id", "eq"): VIET_NAM}),
    ("Deadline", {("unit", "eq"): "00004"} | DUE),
]


@pytest.mark.parametrize(("name", "filters"), NARROW, ids=str)
def test_narrowed_lists_scan_nothing(crowded_url: str, name: str, filters: Filters) -> None:
    for nodes in runner().run(plans(crowded_url, name, Level.NATIONAL, VIET_NAM, filters=filters)):
        assert not find_scanned_tables(nodes) & LARGE


@pytest.mark.parametrize("level", [Level.COMMUNE, Level.VILLAGE])
@pytest.mark.parametrize("filters", [{}, TYPE, PROPOSED, {("search", "eq"): "mo hinh"}], ids=str)
def test_lists_of_a_small_unit_begin_with_its_own_rows(
    crowded_url: str, level: Level, filters: Filters
) -> None:
    unit = runner().run(place(crowded_url, level))
    for nodes in runner().run(plans(crowded_url, "Model", level, unit, filters=filters)):
        assert not find_scanned_tables(nodes) & LARGE
        indexes = {node.get("Index Name") for node in nodes}
        assert f"ix_model_host_{level}_id_model_id" in indexes


SCANS: list[tuple[str, Filters]] = [
    ("Unit", {("within", "eq"): "01"}),
]


@pytest.mark.xfail(strict=True, reason="no index serves this filter yet: it reads the whole table")
@pytest.mark.parametrize(("name", "filters"), SCANS, ids=str)
def test_these_filters_still_scan(crowded_url: str, name: str, filters: Filters) -> None:
    for nodes in runner().run(plans(crowded_url, name, Level.NATIONAL, VIET_NAM, filters=filters)):
        assert not find_scanned_tables(nodes) & LARGE


ID = (SelectedField("id", "id"),)


@pytest.mark.parametrize("link", ["parent", "children", "successors", "predecessors", "ancestors"])
def test_one_row_and_a_link_of_it_scan_nothing(crowded_url: str, link: str) -> None:
    inner = (SelectedField("unit", "unit", ID),) if link.endswith("cessors") else ID
    picks = (*ID, SelectedField(link, link, inner))
    for id in ("00004", str(VIET_NAM)):
        asking = plans(crowded_url, "Unit", Level.NATIONAL, VIET_NAM, one=id, picks=picks)
        for nodes in runner().run(asking):
            assert not find_scanned_tables(nodes) & LARGE
