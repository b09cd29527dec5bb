"""Names are found as they are typed: with accents or without, and nothing typed is a pattern."""

import unicodedata

import pytest

from app.domain.actor import Role
from tests.application import Application

STREETS = {"Đường", "Dương"}
TYPED = [
    ("duong", STREETS), ("DUONG", STREETS), ("Đường", STREETS), ("đƯỜng", STREETS),
    ("Dương", STREETS), ("dường", STREETS), ("uon", STREETS),
    ("thon 100", {"Thôn 100%", "Thôn 100 5", "Thôn 100_5"}), ("Thôn 100%", {"Thôn 100%"}),
    ("100_5", {"Thôn 100_5"}), ("100 5", {"Thôn 100 5"}), ("100  5", {"Thôn 100 5"}),
    ("%", {"Thôn 100%"}), ("_", {"Thôn 100_5"}), ("\\", {"Thôn C:\\"}), ("c:\\", {"Thôn C:\\"}),
    ("\\%", set()), ("%thon", set()), ("t_on", set()), ("thon.*", set()),
    ('"ngoac"', {'Thôn "Ngoặc"'}), ("xom hai dau", {"Xóm  Hai   Dấu"}),
    ("trung", {"Thôn Trùng"}), ("thon 1", {"Thôn 100%", "Thôn 100 5", "Thôn 100_5", "Thôn 10"}),
    ("moi me", {"Mới Mẻ"}), ("cu ky", {"Mới Mẻ"}), ("'; drop", set()), ("🙂", set()), ("ma", set()),
]  # fmt: skip


@pytest.mark.parametrize(("typed", "names"), TYPED)
@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_names_are_found(application: Application, typed: str, names: set[str], form: str) -> None:
    viewer, written = application.national(Role.VIEWER), unicodedata.normalize(form, typed)  # type: ignore[arg-type]
    asked = {"within": "00924", "search": written, "limit": 100, "fields": "name"}
    page = viewer.get("/api/v1/units", **asked).json()
    assert {unit["name"] for unit in page["items"]} == names
    query = """query($text: String!) { units(first: 100,
        where: {within: {eq: "00924"}, search: {eq: $text}}) { nodes { name } } }"""
    assert viewer.ask(query, text=written)["data"]["units"]["nodes"] == page["items"]


@pytest.mark.parametrize("typed", ["", " ", "\t\n"])
def test_a_search_without_letters_is_refused(application: Application, typed: str) -> None:
    asked = {"within": "00924", "search": typed, "limit": 100, "fields": "name"}
    answer = application.national(Role.VIEWER).get("/api/v1/units", **asked)
    assert answer.status_code == 422, answer.text


def test_the_search_is_for_the_name_of_the_day(application: Application) -> None:
    def names(text: str, day: str) -> list[str]:
        asked = {"search": text, "as_of": day, "fields": "name"}
        page = application.national(Role.VIEWER).get("/api/v1/units", **asked).json()
        return [unit["name"] for unit in page["items"]]

    assert names("cu ky", "2022-12-31") == ["Cũ Kỹ"]
    assert names("cu ky", "2023-01-01") == ["Mới Mẻ"]  # which was called so before
    assert names("moi me", "2022-12-31") == []
    assert names("moi me", "2023-01-01") == ["Mới Mẻ"]
    assert names("khong ngay nao", "2025-01-01") == []


@pytest.mark.parametrize("typed", ["Phường Thục Phán", "Bắc Kạn", "xã"])
def test_the_real_map_is_searched_within_the_limit_of_a_statement(
    atlas: Application, typed: str
) -> None:
    found = atlas.national(Role.VIEWER).get("/api/v1/units", search=typed, total="exact")
    assert found.status_code == 200
    assert found.json()["total"] > 0
