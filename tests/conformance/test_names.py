"""Names of all resources: however one is spelt, it stands once in a place, or is found."""

from dataclasses import replace
from typing import Any
from uuid import uuid4

import pytest

from app.db.base import NameKey
from app.domain.resources import Resource
from tests.conformance.cases import LISTS, RESOURCES, WRITES, Case
from tests.matrix.cells import PreparedRequest, prepare
from tests.matrix.scenario import Scenario
from tests.reads.neutral_questions import camel
from tests.spellings import FOUND, HIDDEN, NAME, SPELLINGS

LAYERS = ("REST", "GraphQL")
WORDS = ("name", "title")
# What a name that stands is refused with; of the others, the first is found by any spelling.
TAKEN = {
    "units": "409 village_exists", "teams": "409 name_taken", "committees": "409 name_taken",
    "organisations": "409 name_taken",
}  # fmt: skip
REPEATED = {
    "models": "two of one type and name may stand in two villages of a commune",
    "model-types": "compared by code",
    "documents": "compared by number and symbol",
}
NOT_COMPARED = {
    "accounts": "people bear the same name, and the list is short",
    "team-members": "people bear the same name, and the list of a team is short",
    "clients": "compared by client id",
    "unit-reorganisations": "compared by decision",
    "incidents": "a title is a note; what happened when and where is the incident",
    "activities": "a title is a note; the same is done again and again",
    "campaigns": "the same campaign is held every year",
    "tasks": "the same may be asked for again",
    "webhook-endpoints": "a note of its owner, who alone sees it",
    "evaluation-rounds": "compared by unit, set and window",
    "targets": "a title is a note; indicator, period and value are the target",
}


def _word_of(case: Case) -> str | None:
    fields = case.operation.body.model_fields if case.operation and case.operation.body else {}
    return next((word for word in WORDS if word in fields), None)


NAMED = {case.name: case for case in WRITES if case.is_done and _word_of(case)}
NEW = {path: NAMED[f"POST /api/v1/{path}"] for path in (*TAKEN, *REPEATED)}
CHANGED = [path for path in TAKEN if f"PATCH /api/v1/{path}/{{id}}" in NAMED]
LIST_OF = {case.name.removeprefix("GET /api/v1/"): case for case in LISTS}
RESOURCE_OF = {one.path: one for one in RESOURCES}


def test_every_resource_with_a_name_compares_or_finds_it() -> None:
    having = {name.split("/")[3] for name in NAMED}
    having |= {one.path for one in RESOURCES if issubclass(one.shape.table, NameKey)}
    assert having == {*TAKEN, *REPEATED, *NOT_COMPARED}


def _prepare_named(scenario: Scenario, case: Case, name: str) -> PreparedRequest:
    """Prepare an operation in which the record is called so."""
    ready = prepare(scenario, case.cell())
    data: dict[str, Any] = (ready.request.data or {}) | {str(_word_of(case)): name}
    return replace(ready, request=replace(ready.request, data=data))


def _make_name() -> str:
    return f"{NAME} {uuid4().hex[:8]}"


@pytest.mark.parametrize("spelling", SPELLINGS)
@pytest.mark.parametrize("path", TAKEN)
def test_a_name_that_stands_is_refused_in_any_spelling(
    scenario: Scenario, path: str, spelling: str
) -> None:
    name, case = _make_name(), NEW[path]
    assert _prepare_named(scenario, case, name).send().is_success
    again = _prepare_named(scenario, case, SPELLINGS[spelling](name))
    assert [again.refusal(layer) for layer in LAYERS] == [TAKEN[path]] * 2


@pytest.mark.parametrize("spelling", SPELLINGS)
@pytest.mark.parametrize("path", CHANGED)
def test_no_change_takes_a_name_that_stands(scenario: Scenario, path: str, spelling: str) -> None:
    name, change = _make_name(), NAMED[f"PATCH /api/v1/{path}/{{id}}"]
    row = _prepare_named(scenario, change, name)
    stands = row.send()
    assert stands.is_success, stands.text
    other = _prepare_named(scenario, change, SPELLINGS[spelling](name))
    assert [other.refusal(layer) for layer in LAYERS] == [TAKEN[path]] * 2
    assert row.send(if_match=stands.headers["etag"]).is_success, "its own name in the same spelling"


@pytest.mark.parametrize("path", [*TAKEN, *REPEATED])
def test_a_name_is_found_in_any_spelling(scenario: Scenario, path: str) -> None:
    name, resource = _make_name(), RESOURCE_OF[path]
    made = _prepare_named(scenario, NEW[path], name).send()
    assert made.is_success, made.text
    reader = prepare(scenario, LIST_OF[path].cell("own_commune")).who
    for spelling, spell in FOUND.items():
        found = _search(reader, resource, spell(name))
        assert found == [[made.json()["id"]]] * 2, spelling


def _search(reader: Any, resource: Resource, text: str) -> list[list[str]]:
    rest = reader.get(f"/api/v1/{resource.path}", search=text).json()
    assert "items" in rest, (text, rest)
    field = camel(resource.list_name)
    wanted = f"query($s: String!) {{ {field}(where: {{search: {{eq: $s}}}}) {{ nodes {{ id }} }} }}"
    answer = reader.ask(wanted, s=text)
    assert "errors" not in answer, (text, answer)
    graphql = answer["data"][field]["nodes"]
    return [[row["id"] for row in rows] for rows in (rest["items"], graphql)]


@pytest.mark.parametrize("name", NAMED)
def test_a_name_with_hidden_characters_is_refused(scenario: Scenario, name: str) -> None:
    for spell in HIDDEN.values():
        ready = _prepare_named(scenario, NAMED[name], spell(_make_name()))
        assert [ready.refusal(layer) for layer in LAYERS] == ["422 invalid_fields"] * 2
        [error] = ready.send().json()["errors"]
        assert error["pointer"] in ("/name", "/title")
        assert "U+" in error["message"]


@pytest.mark.parametrize("path", [*TAKEN, *REPEATED])
def test_a_search_with_hidden_characters_is_refused(scenario: Scenario, path: str) -> None:
    reader = prepare(scenario, LIST_OF[path].cell("own_commune")).who
    for spell in HIDDEN.values():
        refused = reader.get(f"/api/v1/{path}", search=spell(NAME)).json()
        assert (refused["code"], refused["errors"][0]["pointer"]) == ("invalid_fields", "/search")
