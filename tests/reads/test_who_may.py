"""Permission comes first: nobody, the wrong role, the wrong unit, at both layers."""

import dataclasses
from typing import Any

import pytest

from app.api.graphql.types import SHAPES
from app.api.rest.selection import selection_of
from app.db.query.selection import Kind, SelectedField
from app.domain.actor import GRANTS, Actor, Level, Permission, Role
from app.domain.errors import Forbidden
from app.domain.query import build_query
from app.domain.read_permissions import authorize
from tests.application import VIET_NAM, Application, Caller
from tests.give import Country
from tests.reads.neutral_questions import LAYERS, NAMES, list_plain

NEEDS = {name: Permission(str(SHAPES[name].needs)) for name in LAYERS}  # roles: see the matrix
NOWHERE = "00000000-0000-4000-8000-000000000000"


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("name", LAYERS)
def test_a_role_reads_what_it_is_granted_and_is_refused_the_rest(
    application: Application, ordinary: Application, name: str, role: Role
) -> None:
    path, many, one = LAYERS[name]
    query = f'{{ {many} {{ nodes {{ id }} }} {one}(id: "{NOWHERE}") {{ id }} me {{ level }} }}'
    caller, granted = application.national(role), NEEDS[name] in GRANTS[role]
    assert caller.get(f"/api/v1/{path}").status_code == (200 if granted else 403)
    for id in (NOWHERE, "nope"):
        assert caller.get(f"/api/v1/{path}/{id}").status_code == (404 if granted else 403)
    for document in (query, query.replace("me { level }", "")):
        for layer in (caller, ordinary.national(role)):
            answer = layer.query(document)
            assert answer.status_code == 200
            _check_fields(answer.json(), granted, many, one, str(NEEDS[name]))


def _check_fields(answer: Any, granted: bool, many: str, one: str, needed: str) -> None:
    assert answer["data"][one] is None
    assert (answer["data"][many] is not None) is granted
    refusal = {"status": 403, "code": "forbidden", "permission": needed}
    faults = {fault["path"][0]: fault["extensions"] for fault in answer.get("errors", ())}
    assert faults == ({} if granted else {many: refusal, one: refusal})


def test_a_refusal_at_rest_names_the_permission(application: Application) -> None:
    body = application.national(Role.TIP_OFFICER).get("/api/v1/models").json()
    assert (body["code"], body["permission"]) == ("forbidden", "model:read")


def test_several_roles_add_up(application: Application) -> None:
    roles = (Role.OPERATOR, Role.TIP_OFFICER, Role.AUDITOR, Role.RECORDER)
    caller, granted = (
        application.national(*roles),
        frozenset().union(*(GRANTS[role] for role in roles)),
    )
    for name, (path, _, _) in LAYERS.items():
        expected = 200 if NEEDS[name] in granted else 403
        assert caller.get(f"/api/v1/{path}").status_code == expected
    assert len(granted) > max(len(GRANTS[role]) for role in roles)
    assert application.national().get("/api/v1/units").status_code == 403


def test_a_node_is_looked_for_where_one_may_read(
    application: Application, ordinary: Application, country: Country
) -> None:
    query = "query($id: ID!) { node(id: $id) { __typename } }"
    for layer in (application, ordinary):
        officer, operator = layer.national(Role.TIP_OFFICER), layer.national(Role.OPERATOR)
        assert officer.ask(query, id="VN") == {"data": {"node": {"__typename": "Unit"}}}
        assert officer.ask(query, id=str(country.models[0])) == {"data": {"node": None}}
        refused = operator.ask(query, id="VN")
        assert refused["data"] == {"node": None}
        assert refused["errors"][0]["extensions"]["code"] == "forbidden"


def test_a_link_needs_the_permission_of_what_it_leads_to(
    application: Application, ordinary: Application, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(GRANTS, Role.CASE_WORKER, frozenset({Permission.MODEL_READ}))
    caller = application.national(Role.CASE_WORKER)
    refused: list[dict[str, str]] = [{"fields": "unit[id]"}, {"fields": "hosts[unit[id]]"},
                                     {"expand": "unit"}, {"expand": "hosts"}]  # fmt: skip
    for document in refused:
        answer = caller.get("/api/v1/models", **document)
        assert (answer.status_code, answer.json()["permission"]) == (403, "unit:read")
    assert caller.get("/api/v1/models", fields="hosts[unit_id]").status_code == 200
    for layer in (caller, ordinary.national(Role.CASE_WORKER)):
        answer = layer.ask(
            "{ a: models { edges { node { unit { id } } } } b: models { totalCount } }"
        )
        assert answer["data"]["a"] is None
        assert answer["data"]["b"] is not None
        assert answer["errors"][0]["extensions"]["permission"] == "unit:read"


def test_a_field_or_filter_with_a_permission_of_its_own() -> None:
    """No shape has one yet; those of tips will. Selected it is refused, else it is absent."""
    model = SHAPES["Model"]
    fields, filters = dict(model.fields), dict(model.filters)
    fields["name"] = dataclasses.replace(fields["name"], needs="secret:read")
    filters["state"] = dataclasses.replace(filters["state"], needs="secret:read")
    shape = dataclasses.replace(model, fields=fields, filters=filters)
    viewer = Actor("x", frozenset({Role.VIEWER}), Level.NATIONAL, VIET_NAM)
    plain = selection_of(shape, viewer.permissions, None, None)
    assert {pick.name for pick in plain} == {*list_plain(shape)} - {"name"}
    assert "name" in {p.name for p in selection_of(shape, frozenset({"secret:read"}), None, None)}
    authorize(viewer, build_query(shape, Kind.PAGE, plain, {"first": 1})[0])
    name = SelectedField("nodes", "nodes", selection_of(shape, viewer.permissions, "id,name", None))
    for picks, narrowed in (((name,), {}), (plain, {("state", "eq"): "launched"})):
        read, _ = build_query(shape, Kind.PAGE, picks, {"first": 1}, narrowed)
        with pytest.raises(Forbidden):
            authorize(viewer, read)


PATHS = ["units/VN", f"models/{NOWHERE}", "units?nothing=1", "units?limit=0"]
PATHS += [path for path, _, _ in NAMES.values()]


@pytest.mark.parametrize("path", PATHS)
def test_nobody_reads_nothing_at_rest(application: Application, path: str) -> None:
    for headers in ({}, {"authorization": "Bearer x"}, {"authorization": "Basic eDp5"}):
        answer = Caller(application, headers).get(f"/api/v1/{path}")
        assert (answer.status_code, answer.json()["code"]) == (401, "unauthenticated")
        assert answer.headers["www-authenticate"] == 'Bearer realm="binhyen"'
        assert answer.headers["content-type"] == "application/problem+json"


def test_absent_and_out_of_scope_are_one(application: Application, country: Country) -> None:
    village = next(path for path in country.units if path.count(".") == 2)
    here = application.caller(Role.VIEWER, level=Level.VILLAGE, unit=country[village])
    bodies = []
    for id in (str(country.models[-1]), NOWHERE, "nope", "%25"):
        answer = here.get(f"/api/v1/models/{id}")
        body = answer.json()
        assert body.pop("request_id") == answer.headers["x-request-id"]
        bodies.append((answer.status_code, body))
        query = "query($id: ID!) { model(id: $id) { id } node(id: $id) { id } }"
        assert here.ask(query, id=id) == {"data": {"model": None, "node": None}}
    assert bodies == [(404, bodies[0][1])] * 4
    assert bodies[0][1]["code"] == "not_found"
