"""REST refuses wrong requests and says what is wrong, where, and what would be right."""

from typing import Any

import httpx
import pytest

from app.domain.actor import Role
from tests.application import Application, Caller
from tests.reads.give_map import DAYS

LISTS = ("units", "models", "model-types", "model-recognitions", "model-review-rules",
         "unit-reorganisations", "calendars", "deadline-rules",
         "deadlines", "documents", "attachments", "stated-figures", "organisations")  # fmt: skip
ONES = ("units/VN", "models/{}", "model-types/camera", "unit-reorganisations/{}",
        "calendars/vn_public", "deadlines/{}", "documents/{}", "attachments/{}")  # fmt: skip


@pytest.fixture
def auditor(application: Application) -> Caller:
    return application.national(Role.AUDITOR)


def problem(answer: httpx.Response, status: int, code: str) -> dict[str, Any]:
    """The refusal, which has the form that all have."""
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert answer.headers["content-type"] == "application/problem+json"
    body: dict[str, Any] = answer.json()
    assert {"type", "title", "status", "code", "detail", "request_id"} <= set(body)
    assert (body["status"], body["type"]) == (status, f"/api/v1/errors#{code}")
    assert body["request_id"] == answer.headers["x-request-id"]
    return body


UNKNOWN = [
    ("units", "nothing=1", "nothing", {"level", "fields", "cursor", "limit", "as_of", "order"}),
    ("units", "Level=village", "Level", {"level"}),
    ("units", "level.gte=village", "level.gte", {"level"}),
    ("units", "level.in=village", "level.in", {"level"}),
    ("units", "search.like=x", "search.like", {"search"}),
    ("units", "first=3", "first", {"limit"}),
    ("units", "after=x", "after", {"cursor"}),
    ("models", "launched_on.in=2025-01-01", "launched_on.in", {"launched_on", "launched_on.gte"}),
    ("models", "launched_on__gte=2025-01-01", "launched_on__gte", {"launched_on.gte"}),
    ("models", "level=village", "level", {"state", "type", "unit", "reference", "search"}),
    ("model-types", "level=village", "level", {"host_kind", "code", "search", "called"}),
    ("model-review-rules", "as_of=2025-01-01", "as_of", {"on"}),
    ("units/VN", "limit=1", "limit", {"fields", "expand", "as_of", "hierarchy"}),
    ("units/VN", "level=village", "level", {"fields"}),
    ("model-types/camera", "order=name", "order", {"fields", "expand"}),
    ("units", "fields=nothing", "Unit.nothing", {"name", "parent", "id"}),
    ("units", "fields=id,Name", "Unit.Name", {"name"}),
    ("units", "fields=id,parent[nothing]", "Unit.nothing", {"name", "parent"}),
    ("models", "fields=hosts[unit[id],name]", "ModelHost.name", {"unit", "unit_id"}),
    ("models", "fields=search_key", "Model.search_key", {"name", "hosts"}),
    ("models", "fields=tên", "Model.tên", {"name"}),
    ("models", "expand=nothing", "expand=nothing", {"type", "unit", "hosts"}),
    ("models", "expand=name", "expand=name", {"type", "unit", "hosts"}),
    ("models", "expand=type,", "expand=", {"type", "unit", "hosts"}),
    ("model-types", "expand=unit", "expand=unit", set[str]()),
]


@pytest.mark.parametrize(("path", "query", "name", "allowed"), UNKNOWN)
def test_an_unknown_name_is_refused_with_the_known_ones(
    auditor: Caller, path: str, query: str, name: str, allowed: set[str]
) -> None:
    body = problem(auditor.get(f"/api/v1/{path}?{query}"), 400, "unknown_name")
    assert body["name"] == name
    assert set(body["allowed"]) >= allowed
    assert name in body["detail"]
    assert all(word in body["detail"] for word in body["allowed"])


DEEP = "[parent" * 6 + "[id]" + "]" * 6
MALFORMED = [
    "parent[id", "parent[id,children[name]", "[id", "[id]", "id]", "id,name]]", "id[name",
    "id[name]", "id[", "parent[[id]]", "parent[id]]", "parent[id][name]", "parent", "parent[]",
    "id,parent", "children[parent]", "id,id", "parent[id],parent[name]", "parent[id,id]",
    "parent[id],parent",
    ",", "[", "]", "id name", " id", "id;drop", "id*", "parent(id)", "id,na-me", "parent" + DEEP,
    "parent[" * 400 + "id" + "]" * 400, ",".join(["id"] * 400), "x" * 1001, "id\0",
]  # fmt: skip


@pytest.mark.parametrize("fields", MALFORMED, ids=lambda text: text[:30])
def test_malformed_fields(auditor: Caller, fields: str) -> None:
    for path in ("units", "units/VN"):
        body = problem(auditor.get(f"/api/v1/{path}", fields=fields), 422, "invalid_fields")
        (fault,) = body["errors"]
        assert (fault["pointer"], fault["code"]) == (
            "/fields", "hidden_character" if "\0" in fields else "malformed",
        )  # fmt: skip


def test_fields_as_deep_as_they_may_be(auditor: Caller) -> None:
    whole = "parent[" * 5 + "id" + "]" * 5
    assert auditor.get("/api/v1/units", fields=whole, limit=1).status_code == 200
    problem(auditor.get("/api/v1/units", fields=f"parent[{whole}]"), 422, "invalid_fields")


def test_a_link_both_in_fields_and_in_expand(auditor: Caller) -> None:
    both = {"fields": "id,unit[id]", "expand": "unit"}
    problem(auditor.get("/api/v1/models", **both), 422, "invalid_fields")
    problem(auditor.get("/api/v1/models", expand="unit,unit"), 422, "invalid_fields")


VALUES = [
    ("units", "level=xã", "/level/0", ["national", "province", "district", "commune", "village"]),
    ("units", "level=VILLAGE", "/level/0", ["village"]),
    ("units", "level=village&level=no", "/level/1", ["village"]),
    ("units", "kind=", "/kind/0", ["hamlet", "residential_group"]),
    ("units", "order=NAME", "/order", ["name", "code"]),
    ("units", "order=newest", "/order", ["name", "code"]),
    ("units", "hierarchy=army", "/hierarchy", ["administrative", "police"]),
    ("units", "total=true", "/total", ["none", "exact"]),
    ("models", "state=done", "/state/0", ["proposed", "launched", "retired"]),
    ("models", "review_due=soon", "/review_due", ["any", "inactive", "failed"]),
    ("models", "pilot=2", "/pilot", []),
    ("model-recognitions", "level=world", "/level/0", ["commune", "province", "ministry"]),
    ("model-recognitions", "year.gte=x", "/year.gte", []),
    ("models", "order=size", "/order", ["newest", "oldest", "name"]),
    ("model-types", "host_kind=none", "/host_kind/0", ["territory", "clan"]),
    (
        "unit-reorganisations",
        "state=open",
        "/state/0",
        ["draft", "committed", "reversed", "withdrawn"],
    ),
    ("deadlines", "state=late", "/state/0", ["running", "paused", "extended", "met", "breached"]),
    ("deadlines", "resource_id=x", "/resource_id/0", []),
    ("deadlines", "due_on.lte=86400", "/due_on.lte", []),
    ("calendars/vn_public", "days_from=2026", "/days_from", []),
    ("deadline-rules", "measure=week", "/measure/0", ["hour", "working_day", "month"]),
    ("documents", "state=done", "/state/0", ["draft", "issued", "repealed"]),
    ("documents", "kind=poem", "/kind/0", ["law", "resolution", "official_letter"]),
    ("attachments", "document_id=x", "/document_id/0", []),
    ("stated-figures", "qualifier=roughly", "/qualifier/0", ["equal", "unquantified"]),
    ("stated-figures", "voided=yes", "/voided", ["exclude", "include", "only"]),
    ("organisations", "kind=club", "/kind/0", ["school", "clan", "mass_organisation"]),
    ("units/VN", "hierarchy=army", "/hierarchy", ["administrative", "police"]),
    ("units", "as_of=today", "/as_of", []),
    ("units", "as_of=2025-02-30", "/as_of", []),
    ("units/VN", "as_of=", "/as_of", []),
    ("units", "as_of=0", "/as_of", []),
    ("units", "as_of=1735689600", "/as_of", []),
    ("units", "as_of=2025-01-01T00:00:00", "/as_of", []),
    ("models", "launched_on=86400", "/launched_on", []),
    ("models", "launched_on.gte=x", "/launched_on.gte", []),
    ("units", "limit=x", "/limit", []),
]


@pytest.mark.parametrize(("path", "query", "pointer", "allowed"), VALUES)
def test_a_wrong_value_is_refused_with_its_place_and_what_is_allowed(
    auditor: Caller, path: str, query: str, pointer: str, allowed: list[str]
) -> None:
    for language in ("vi", "en"):
        answer = auditor.speaking(language).get(f"/api/v1/{path}?{query}")
        (fault,) = problem(answer, 422, "invalid_fields")["errors"]
        assert fault["pointer"] == pointer
        assert all(f"'{word}'" in fault["allowed"] for word in allowed)
        assert all(word in fault["message"] for word in allowed)


TWICE = ["limit=1&limit=2", "fields=id&fields=name", "order=name&order=code", "search=a&search=b",
         "as_of=2025-01-01&as_of=2025-01-01"]  # fmt: skip


@pytest.mark.parametrize("query", TWICE)
def test_a_repeated_parameter_is_refused(auditor: Caller, query: str) -> None:
    problem(auditor.get(f"/api/v1/units?{query}"), 422, "invalid_fields")


@pytest.mark.parametrize("path", LISTS)
def test_too_many_rows(auditor: Caller, path: str) -> None:
    fields = {"units": "children[children[id]]", "models": "hosts[unit[children[children[id]]]]",
              "unit-reorganisations": "unit[children[children[id]]]",
              "deadlines": "rule[calendar[days[day]]]"}.get(path)  # fmt: skip
    if fields:
        body = problem(
            auditor.get(f"/api/v1/{path}", fields=fields, limit=100), 422, "too_many_rows"
        )
        assert body["most"] == 5000
        assert auditor.get(f"/api/v1/{path}", fields=fields, limit=1).status_code == 200


NUL = ["units?code=%00", "units?search=a%00", "units?within=%00", "units?parent=x%00x", "units/%00",
       "models?reference=%00&reference=b", "models?type=%00", "models?unit=%00", "model-types/%00",
       "model-types?called=%00", "model-recognitions?type=%00",
       "deadlines?rule=%00", "calendars/%00", "deadline-rules?on=%00", "units?cursor=%00",
       "models?search=%00", "documents?number=%00", "attachments?sha256=%00",
       "documents?unit=%00"]  # fmt: skip


@pytest.mark.parametrize("address", NUL)
def test_a_nul_is_no_text(auditor: Caller, address: str) -> None:
    assert auditor.get(f"/api/v1/{address}").status_code == 422


STRANGE = ["units?code=%F0%28", "units?search=%ED%A0%80", "units/%FF", "units/" + "9" * 3000,
           "units?search=" + "ắ" * 300]  # fmt: skip


@pytest.mark.parametrize("address", STRANGE, ids=lambda text: text[:30])
def test_strange_bytes_meet_nothing(auditor: Caller, address: str) -> None:
    answer = auditor.get(f"/api/v1/{address}")
    assert answer.status_code == (404 if "/" in address else 200)
    assert answer.json().get("items", []) == []


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-30", "1000-01-01", *DAYS], ids=str)
def test_any_day_can_be_queried(auditor: Caller, day: Any) -> None:
    for path in ("units", "models", "unit-reorganisations", "units/VN"):
        assert auditor.get(f"/api/v1/{path}", as_of=day).status_code == 200
