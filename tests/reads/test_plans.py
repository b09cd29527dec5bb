"""The usual lists come out of an index in their order; no list reads a large table to its end."""

import pytest

from app.db.query.selection import SelectedField
from app.domain.actor import Level
from tests.application import VIET_NAM, runner
from tests.conftest import copy_database
from tests.reads.plans import crowd, find_scanned_tables, place, plans, sorts
from tests.reads.usual_lists import FEW, LARGE, NARROW, PROPOSED, TYPE, USUAL, Filters


@pytest.fixture(scope="module")
def crowded_url(worker: str) -> str:
    """The shipped map with tens of thousands of models on it."""
    url = copy_database("atlas", f"plans_{worker}")
    runner().run(crowd(url))
    return url


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


@pytest.mark.parametrize(("name", "order", "filters", "index"), FEW)
def test_few_rows_of_a_commune_come_out_of_its_index(
    crowded_url: str, name: str, order: str, filters: Filters, index: str
) -> None:
    """Rows fewer than a page may be sorted; they are found by the place."""
    unit = runner().run(place(crowded_url, Level.COMMUNE))
    asking = plans(crowded_url, name, Level.COMMUNE, unit, order=order, filters=filters)
    for nodes in runner().run(asking):
        assert not find_scanned_tables(nodes) & LARGE
        assert any(node.get("Index Name", "").startswith(index) for node in nodes)
        assert all(node["Plan Rows"] <= 50 for node in nodes if node["Node Type"] == "Sort")


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
