"""Units at both layers: the real map through time."""

import pytest

from app.domain.actor import Role
from tests.application import Application

COUNTS = [("province", None, 34), ("commune", None, 3321), ("district", None, 0),
          ("province", "2025-06-30", 63), ("district", "2025-06-30", 696),
          ("commune", "2025-06-30", 10_035), ("village", "2020-09-08", 1310)]  # fmt: skip


@pytest.mark.parametrize(("level", "as_of", "count"), COUNTS)
def test_the_map_has_the_units_it_had_at_both_layers(
    atlas: Application, level: str, as_of: str | None, count: int
) -> None:
    viewer = atlas.national(Role.VIEWER)
    terms = {"as_of": as_of} if as_of else {}
    page = viewer.get("/api/v1/units", level=level, total="exact", limit=1, **terms).json()
    query = """query($as_of: Date) {
        units(asOf: $as_of, first: 1, where: {level: {eq: LEVEL}}) { totalCount totalIsExact } }"""
    same = viewer.ask(query.replace("LEVEL", level.upper()), as_of=as_of)["data"]["units"]
    assert (page["total"], page["total_is_exact"]) == (count, True)
    assert same == {"totalCount": count, "totalIsExact": True}


OLD = [
    ("01978", "Xã Sỹ Bình", ["Xã Vĩnh Thông"]),
    ("01852", "Xã Nông Thượng", ["Phường Bắc Kạn"]),
    ("06976", "Xã Thanh Lâm", ["Xã Kỳ Thượng"]),
    ("06970", "Thị trấn Ba Chẽ", ["Xã Ba Chẽ"]),
    ("14923", "Thị trấn Cành Nàng", ["Xã Bá Thước"]),
    ("063", "Huyện Bạch Thông", ["Xã Bạch Thông", "Xã Cẩm Giàng", "Xã Phong Quang",
                                 "Xã Phủ Thông", "Xã Vĩnh Thông"]),
]  # fmt: skip


@pytest.mark.parametrize(("code", "name", "successors"), OLD)
def test_an_old_unit_resolves_at_its_date_and_says_what_became_of_it(
    atlas: Application, code: str, name: str, successors: list[str]
) -> None:
    viewer = atlas.national(Role.VIEWER)
    old = viewer.get(f"/api/v1/units/{code}", as_of="2025-06-30").json()
    assert old["full_name"] == name
    fields = "valid_to,successors[effective_on,unit[full_name]]"
    now = viewer.get(f"/api/v1/units/{old['id']}", fields=fields).json()
    assert now["valid_to"] == "2025-07-01"
    assert sorted(edge["unit"]["full_name"] for edge in now["successors"]) == successors


def test_a_code_means_another_unit_on_another_day(atlas: Application) -> None:
    viewer = atlas.national(Role.VIEWER)
    assert viewer.get("/api/v1/units/14797").json()["full_name"] == "Phường Hạc Thành"
    before = viewer.get("/api/v1/units/14797", as_of="2025-06-30").json()["full_name"]
    assert before == "Phường Đông Hải"


def test_ancestors_differ_by_hierarchy_on_the_same_day(atlas: Application) -> None:
    viewer = atlas.national(Role.VIEWER)

    def above(**terms: str) -> list[str]:
        found = viewer.get("/api/v1/units/01978", fields="ancestors[full_name]", **terms).json()
        return sorted(unit["full_name"] for unit in found["ancestors"])

    old = {"as_of": "2025-04-01"}
    assert above(**old) == ["Huyện Bạch Thông", "Tỉnh Bắc Kạn", "Việt Nam"]
    assert above(**old, hierarchy="police") == ["Tỉnh Bắc Kạn", "Việt Nam"]


def test_a_name_is_found_without_accents(atlas: Application) -> None:
    viewer = atlas.national(Role.VIEWER)
    for typed in ("dak lak", "Đắk Lắk", "ĐẮK"):
        page = viewer.get("/api/v1/units", search=typed, level="province", fields="name").json()
        assert {"name": "Đắk Lắk"} in page["items"]
    assert viewer.get("/api/v1/units", search="100%_").json()["items"] == []


def test_names_stand_in_vietnamese_order(atlas: Application) -> None:
    page = atlas.national(Role.VIEWER).get("/api/v1/units", level="province", fields="name").json()
    names = [unit["name"] for unit in page["items"]]
    assert names[:4] == ["An Giang", "Bắc Ninh", "Cà Mau", "Cao Bằng"]
    assert names.index("Đà Nẵng") == names.index("Cần Thơ") + 1
    assert names.index("Thái Nguyên") < names.index("Thanh Hóa")
    assert len(names) == 34


def test_children_of_a_province_are_its_communes_and_villages_lie_below(atlas: Application) -> None:
    viewer = atlas.national(Role.VIEWER)
    page = viewer.get("/api/v1/units", parent="19", total="exact", limit=1).json()
    assert page["total"] == 92
    old = {"within": "06", "as_of": "2020-09-08", "total": "exact", "limit": 1}
    assert viewer.get("/api/v1/units", level="village", **old).json()["total"] == 1310
    assert viewer.get("/api/v1/units", level="commune", **old).json()["total"] == 108
