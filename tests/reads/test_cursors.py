"""A cursor goes on with the question that made it, at either layer, and with no other."""

import base64
import json
from typing import Any

import pytest

from app.domain.actor import Role
from tests.application import Application, Caller
from tests.reads.lists import LISTS, List


@pytest.fixture
def caller(application: Application) -> Caller:
    return application.national(Role.AUDITOR, Role.RECORDER)


def make_cursor(caller: Caller, path: str, **params: Any) -> str:
    cursor: str = caller.get(f"/api/v1/{path}", limit=1, **params).json()["next"]
    return cursor


def assert_refused(caller: Caller, path: str, root: str, cursor: str, **params: Any) -> None:
    """Neither layer takes this cursor."""
    answer = caller.get(f"/api/v1/{path}", cursor=cursor, **params)
    assert (answer.status_code, answer.json()["code"]) == (422, "not_a_cursor")
    assert answer.json()["name"] == "cursor"
    for side in ("after", "before"):
        found = caller.ask(
            f"query($c: String) {{ {root}({side}: $c) {{ nodes {{ id }} }} }}", c=cursor
        )
        assert found["data"] == {root: None}
        (fault,) = found["errors"]
        assert (fault["path"], fault["extensions"]["code"]) == ([root], "not_a_cursor")
        assert (fault["extensions"]["status"], fault["extensions"]["name"]) == (422, side)


OTHERS: list[dict[str, Any]] = [
    {"level": "village"}, {"level": ["village", "commune"]}, {"kind": "village"}, {"order": "code"},
    {"as_of": "2025-06-30"}, {"as_of": "2025-06-29"}, {"hierarchy": "police"}, {"search": "thon"},
    {"search": "Thôn 1"}, {"within": "91"}, {"parent": "00924"},
]  # fmt: skip


@pytest.mark.parametrize("params", [{}, *OTHERS], ids=str)
def test_a_cursor_of_another_question_is_refused(caller: Caller, params: dict[str, Any]) -> None:
    cursor = make_cursor(caller, "units", **params)
    for other in ({}, *OTHERS):
        answer = caller.get("/api/v1/units", cursor=cursor, **other)
        assert (answer.status_code == 200) is (params == other)
        assert answer.status_code in (200, 422)
    if params:
        assert_refused(caller, "units", "units", cursor)


@pytest.mark.parametrize("path", ["units", "models", "model-types"])
def test_a_cursor_of_another_list_is_refused(caller: Caller, path: str) -> None:
    cursor = make_cursor(caller, path)
    for other, root in (("units", "units"), ("models", "models"), ("model-types", "modelTypes"),
                        ("unit-reorganisations", "unitReorganisations")):  # fmt: skip
        if other != path:
            assert_refused(caller, other, root, cursor)


def forge(*parts: Any) -> str:
    return base64.urlsafe_b64encode(json.dumps(parts).encode()).decode().rstrip("=")


MARK = "mark"
UUID = "00000000-0000-4000-8000-000000000000"
GARBAGE: list[Any] = [
    "", " ", "x", "====", "null", "🙂", "ắ", "%00", "W10", "bnVsbA", "e30", "MQ", "Im1hcmsi",
    "/+/+", "A" * 5000, [], [MARK], [MARK, "K"], [MARK, "K", UUID, "more"], [MARK, UUID, "K"],
    [MARK, "K", "no id"], [MARK, "K", 7], [MARK, "K", None], [MARK, "K", [UUID]], [MARK, 7, UUID],
    [MARK, None, UUID], [MARK, ["K"], UUID], [MARK, {"K": 1}, UUID], [MARK, "K\0", UUID],
    [MARK, "\ud800", UUID], [None, "K", UUID], [["m"], "K", UUID], ["other", "K", UUID],
]  # fmt: skip


@pytest.mark.parametrize("parts", GARBAGE, ids=lambda one: repr(one)[:40])
def test_what_is_no_cursor_is_refused(caller: Caller, parts: Any) -> None:
    """Also where somebody knows how a cursor is made: by its mark it looks like a true one."""
    cursor = make_cursor(caller, "units")
    mark = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))[0]
    if isinstance(parts, list):
        parts = forge(*(mark if part == MARK else part for part in parts))
    assert_refused(caller, "units", "units", parts)


@pytest.mark.parametrize("of", LISTS, ids=str)
def test_a_cursor_of_one_layer_works_at_the_other(caller: Caller, of: List) -> None:
    ids = of.ids(caller)
    for size in (1, 4):
        page = of.page(caller, first=size)
        params = of.params | {"limit": size, "fields": "id"}
        rest = caller.get(f"/api/v1/{of.path}", **params).json()
        assert rest["next"] == page["pageInfo"]["endCursor"]
        further = caller.get(f"/api/v1/{of.path}", **params, cursor=page["pageInfo"]["endCursor"])
        again = of.page(caller, first=size, after=rest["next"])
        assert further.json()["items"] == again["nodes"]
        assert [node["id"] for node in again["nodes"]] == ids[size : 2 * size]


MORE = [
    "{ nodes { name parent { id } } }", "{ nodes { children { id } } totalCount }",
    "{ nodes { children(first: 3) { id } } }",
    "{ edges { node { successors(first: 2) { share } } } }",
]  # fmt: skip


@pytest.mark.parametrize("chosen", MORE)
def test_selected_fields_do_not_matter_to_a_cursor(caller: Caller, chosen: str) -> None:
    cursor = make_cursor(caller, "units", fields="id")
    answer = caller.ask(f'{{ units(first: 2, after: "{cursor}") {chosen} }}')
    assert "errors" not in answer
    speaking = caller.speaking("en").get("/api/v1/units", cursor=cursor, limit=9, expand="parent")
    assert speaking.status_code == 200


@pytest.mark.parametrize("limit", [0, 101, -1, "abc", "", "1.5", "1e1", 2**31, 2**63, "null"])
def test_a_page_has_one_to_a_hundred_rows(caller: Caller, limit: Any) -> None:
    for path in ("units", "models", "model-types", "unit-reorganisations"):
        answer = caller.get(f"/api/v1/{path}", limit=limit)
        assert (answer.status_code, answer.json()["code"]) == (422, "invalid_fields")
        assert answer.json()["errors"][0]["pointer"] == "/limit"


@pytest.mark.parametrize("bounds", ["first: 0", "first: 101", "first: -1", "last: 0", "last: 101",
                                    "last: 2147483647"])  # fmt: skip
def test_a_page_has_one_to_a_hundred_rows_in_graphql(caller: Caller, bounds: str) -> None:
    for of in LISTS:
        answer = caller.ask(f"{{ {of.root}({bounds}) {{ nodes {{ id }} }} }}")
        (fault,) = answer["errors"]
        told = {"status": 422, "code": "out_of_bounds", "name": "first", "least": 1, "most": 100}
        assert (fault["path"], fault["extensions"]) == ([of.root], told)


def test_a_page_is_read_from_one_end(caller: Caller) -> None:
    (fault,) = caller.ask("{ models(first: 1, last: 1) { nodes { id } } }")["errors"]
    assert fault["extensions"] == {"status": 422, "code": "both_ends"}
