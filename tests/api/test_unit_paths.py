"""The path of a unit and its ancestors, the search by earlier names, and counts of lists."""

import pytest

from app.domain.actor import Role
from tests.application import Application

DAY = {"as_of": "2025-04-01"}
ABOVE = ["Huyện Bạch Thông", "Tỉnh Bắc Kạn", "Việt Nam"]


def test_ancestors_are_the_nearest_first_and_those_of_the_last_day(atlas: Application) -> None:
    viewer = atlas.national(Role.VIEWER)
    fields = "id,full_name,path,ancestors[full_name]"
    then = viewer.get("/api/v1/units/01978", fields=fields, **DAY).json()
    assert [unit["full_name"] for unit in then["ancestors"]] == ABOVE
    own = then["full_name"][0].lower() + then["full_name"][1:]
    assert then["path"] == f"{own}, huyện Bạch Thông, tỉnh Bắc Kạn"
    now = viewer.get(f"/api/v1/units/{then['id']}", fields=fields).json()
    assert now == then
    asked = "query($id: ID!) { unit(id: $id) { path ancestors { fullName } ancestorsCount } }"
    found = viewer.ask(asked, id=then["id"])["data"]["unit"]
    assert found["path"] == then["path"]
    assert [unit["fullName"] for unit in found["ancestors"]] == ABOVE
    assert found["ancestorsCount"] == 3


def test_a_path_is_read_where_it_is_named(atlas: Application) -> None:
    viewer = atlas.national(Role.VIEWER)
    assert "path" not in viewer.get("/api/v1/units/01").json()
    assert viewer.get("/api/v1/units/VN", fields="path").json() == {"path": "Việt Nam"}


def test_a_nested_list_says_how_many_there_are(atlas: Application) -> None:
    viewer = atlas.national(Role.VIEWER)
    whole = viewer.get("/api/v1/units/01", fields="children[id]").json()
    count = viewer.get("/api/v1/units", parent="01", total="exact", limit=1).json()["total"]
    assert whole["children_count"] == len(whole["children"]) == count > 20
    page = viewer.get("/api/v1/units", code="01", fields="children[id]").json()["items"][0]
    assert (len(page["children"]), page["children_count"]) == (20, count)
    asked = '{ unit(id: "01") { children(first: 2) { id } childrenCount } }'
    found = viewer.ask(asked)["data"]["unit"]
    assert (len(found["children"]), found["childrenCount"]) == (2, count)


@pytest.mark.parametrize("typed", ["bac kan", "Bắc Kạn"])
def test_a_former_name_finds_its_successors_and_exact_hits_come_first(
    atlas: Application, typed: str
) -> None:
    viewer = atlas.national(Role.VIEWER)
    asked = {"search": typed, "fields": "full_name", "limit": 100}
    found = [unit["full_name"] for unit in viewer.get("/api/v1/units", **asked).json()["items"]]
    assert "Tỉnh Thái Nguyên" in found
    assert found[0] == "Phường Bắc Kạn"
    query = (
        "query($text: String!) { units(first: 1, where: {search: {eq: $text}}) { nodes { name } } }"
    )
    assert viewer.ask(query, text=typed)["data"]["units"]["nodes"] == [{"name": "Bắc Kạn"}]


@pytest.mark.parametrize("typed", ["ea h'leo", "Ea H\u2019leo", "Ea H\u02bcleo"])
def test_any_apostrophe_finds_a_name(atlas: Application, typed: str) -> None:
    viewer = atlas.national(Role.VIEWER)
    page = viewer.get("/api/v1/units", search=typed, fields="name").json()
    assert "Ea H'Leo" in {unit["name"] for unit in page["items"]}
