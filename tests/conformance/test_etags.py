"""The version of an ETag counts: of a part of a row, marked weak, or changed by a gateway."""

import re

import pytest

from app.domain.resources import Resource
from tests.conformance.cases import LISTS, RESOURCES, ROWS, WRITES, Case
from tests.matrix.cells import prepare
from tests.matrix.scenario import Scenario

VERSIONED = [case for case in WRITES if case.is_done and case.is_versioned]
READ = [
    (one, case, row)
    for one, case, row in zip(RESOURCES, LISTS, ROWS, strict=True)
    if "version" in one.shape.fields and one.path != "audit"  # there it is another record's
]


@pytest.mark.parametrize(("resource", "case", "row"), READ, ids=[str(row) for *_, row in READ])
def test_any_part_of_a_row_has_its_version(
    scenario: Scenario, resource: Resource, case: Case, row: Case
) -> None:
    who = prepare(scenario, case.cell("own_commune")).who
    path = f"/api/v1/{resource.path}"
    found = who.get(path, fields="id,version", limit=1).json()["items"][0]
    expected = re.compile(rf'"{found["version"]}-[0-9a-f]{{16}}"')
    for fields in ("id", "version", "version,id", "id,version"):
        answer = who.get(f"{path}/{found['id']}", fields=fields)
        assert expected.fullmatch(answer.headers["etag"]), (fields, answer.headers["etag"])
        assert list(answer.json()) == fields.split(",")
        assert "!v" not in answer.text


@pytest.mark.parametrize(
    "tag", ['W/"1"', 'W/"1-9f86d081884c7d65"', '"1-9f86d081884c7d65-gzip"', '"1-"', ' "1-x" ']
)
@pytest.mark.parametrize("case", VERSIONED, ids=str)
def test_a_gateway_may_mark_the_tag(scenario: Scenario, case: Case, tag: str) -> None:
    answer = prepare(scenario, case.cell()).send(if_match=tag)
    assert answer.is_success, answer.text


@pytest.mark.parametrize("tag", ['"-1"', '""', "1", "*", '"1", "2"', '"²"', 'w/"1"'])
def test_what_is_no_version_is_refused(scenario: Scenario, tag: str) -> None:
    case = VERSIONED[0]
    answer = prepare(scenario, case.cell()).who.send(
        "PATCH", "/api/v1/teams/00000000-0000-4000-8000-000000000000", json={},
        headers={"if-match": tag.encode()},
    )  # fmt: skip
    assert (answer.status_code, answer.json()["code"]) == (422, "not_a_tag")
