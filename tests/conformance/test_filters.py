"""Filters of every list and figure: null is refused, and so is a unit that does not exist."""

from dataclasses import replace
from typing import Any

import pytest
from graphql import get_named_type

from app.db.query.guards import list_guarded, restricted_fields
from app.db.query.shape import Shape
from app.domain.resources import Resource
from tests.conformance.cases import FIGURES, LISTS, RESOURCES, Case
from tests.matrix.cells import prepare
from tests.matrix.scenario import Scenario
from tests.reads.neutral_questions import SCHEMA, camel

EACH = pytest.mark.parametrize(
    ("resource", "case"), [*zip(RESOURCES, LISTS, strict=True)], ids=[str(one) for one in LISTS]
)
OF_UNITS = [
    (resource, case, name)
    for resource, case in zip(RESOURCES, LISTS, strict=True)
    for name, one in resource.shape.filters.items()
    if one.known and name in ("unit", "unit_id", "within", "parent")
]
OF_A_UNIT = [
    case for case in FIGURES
    if case.operation and any(one.name == "unit" for one in case.operation.inputs)
]  # fmt: skip
NOBODY = "00000000-0000-4000-8000-000000000000"


def _refusals(answer: Any) -> list[str]:
    faults = answer.get("errors", ())
    return [e["code"] for one in faults for e in one.get("extensions", {}).get("errors", ())]


@EACH
def test_a_filter_that_says_nothing_is_refused(
    scenario: Scenario, resource: Resource, case: Case
) -> None:
    caller, field = prepare(scenario, case.cell("own_commune")).who, camel(resource.list_name)
    where: Any = get_named_type(SCHEMA.query_type.fields[field].args["where"].type)  # type: ignore[union-attr]
    for name, form in where.fields.items():
        operation, one = next(iter(get_named_type(form.type).fields.items()))
        kind = get_named_type(one.type).name
        for head, said in (
            ("", f"{name}: null"), ("", f"{name}: {{}}"), ("", f"{name}: {{{operation}: null}}"),
            (f"($v: {kind})", f"{name}: {{{operation}: $v}}"),
            (f"($v: {form.type})", f"{name}: $v"),
        ):  # fmt: skip
            query = f"query {head} {{ {field}(where: {{{said}}}) {{ totalCount }} }}"
            for variables in ({}, {"v": None}) if head else ({},):
                answer = caller.ask(query, **variables)
                assert _refusals(answer) == ["null_filter"], (query, variables, answer)
                assert "isNull" in str(answer)
                assert not answer["data"] or answer["data"][field] is None
    answer = caller.ask(f"{{ {field}(where: null) {{ totalCount }} }}")
    assert _refusals(answer) == ["null_filter"]
    left_out = f"query ($w: {where.name}) {{ {field}(where: $w) {{ totalCount }} }}"
    assert "errors" not in caller.ask(left_out)


@EACH
def test_an_empty_parameter_is_refused(scenario: Scenario, resource: Resource, case: Case) -> None:
    caller = prepare(scenario, case.cell("own_commune")).who
    for name in resource.shape.filters:
        answer = caller.get(f"/api/v1/{resource.path}", **{name: ""})
        assert answer.status_code == 422, (name, answer.text)
        assert answer.json()["errors"][0]["pointer"].startswith(f"/{name}")
        assert answer.json()["errors"][0]["in"] == "query"


@pytest.mark.parametrize(
    ("resource", "case", "name"), OF_UNITS, ids=[f"{case} {name}" for _, case, name in OF_UNITS]
)
def test_a_list_of_an_unknown_unit_is_refused(
    scenario: Scenario, resource: Resource, case: Case, name: str
) -> None:
    caller = prepare(scenario, case.cell("own_commune")).who
    wanted = NOBODY if name == "unit_id" else "zzz"
    answer = caller.get(f"/api/v1/{resource.path}", **{name: wanted})
    body = answer.json()
    assert (answer.status_code, body["code"]) == (404, "unit_not_found"), answer.text
    assert (body["wanted"], body["successors"], len(body["day"])) == (wanted, [], 10)
    field = camel(resource.list_name)
    where = f'{{{camel(name)}: {{eq: "{wanted}"}}}}'
    asked = caller.ask(
        f"{{ a: {field}(first: 1) {{ totalCount }} b: {field}(where: {where}) {{ totalCount }} }}"
    )
    assert asked["data"]["a"] is not None
    assert asked["data"]["b"] is None
    assert [e["extensions"]["code"] for e in asked["errors"]] == ["unit_not_found"]


@pytest.mark.parametrize("case", OF_A_UNIT, ids=str)
def test_a_figure_of_an_unknown_unit_is_refused(scenario: Scenario, case: Case) -> None:
    request = prepare(scenario, case.cell())
    answer = request.who.get(request.path, **{**request.request.terms, "unit": "zzz"})
    body = answer.json()
    assert (answer.status_code, body["code"]) == (404, "unit_not_found"), answer.text
    assert (body["wanted"], body["successors"], len(body["day"])) == ("zzz", [], 10)
    blank = request.who.get(request.path, **{**request.request.terms, "unit": ""})
    assert blank.status_code == 422


@pytest.mark.parametrize("case", OF_A_UNIT, ids=str)
def test_a_figure_of_a_null_unit_is_refused(scenario: Scenario, case: Case) -> None:
    request = prepare(scenario, case.cell())
    name = request.cell.line.graphql.split()[1]
    kind = str(SCHEMA.query_type.fields[name].args["unit"].type)  # type: ignore[union-attr]
    if kind.endswith("!"):
        return  # GraphQL itself refuses it
    for variables in ({}, {"u": None}):
        query = f"query ($u: {kind}) {{ {name}(unit: $u) {{ rows }} }}"
        assert _refusals(request.who.ask(query, **variables)) == ["null_filter"]


SHAPES = [one.shape for one in RESOURCES]


@pytest.mark.parametrize("shape", SHAPES, ids=lambda one: one.name)
def test_no_order_reads_a_masked_field(shape: Shape) -> None:
    for order in shape.orders:
        assert not [field for field in list_guarded(shape, (), order) if field.seen]


def test_a_filter_asks_what_its_field_asks() -> None:
    found = {
        (shape.name, name)
        for shape in SHAPES
        for name in shape.filters
        if any(field.seen for field in list_guarded(shape, (name,), ""))
    }
    assert found == {("Model", "replicated_from"), ("ModelRecognition", "model")}


def test_a_filter_on_a_restricted_field_would_be_found() -> None:
    shape = next(one for one in SHAPES if one.name == "Commendation")
    assert restricted_fields(shape)
    label = shape.filters["unit"]
    planted = replace(label, test=None, known=None, sql=lambda row: row.recipient_label)
    broken = replace(shape, filters={"label": planted})
    assert [field.needs for field in list_guarded(broken, ("label",), "")]
