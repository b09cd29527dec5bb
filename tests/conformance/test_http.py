"""HTTP as RFC 9110 has it at every address: HEAD beside GET, all methods in Allow, languages."""

from collections import defaultdict
from http import HTTPStatus
from uuid import UUID

import pytest

from app.api.errors import body_of
from app.api.languages import language_of
from app.domain.errors import FieldError, InvalidFields, NotFound, catalogue
from tests.conformance.cases import ALL, Case
from tests.inputs.paths import list_paths
from tests.matrix.cells import prepare
from tests.matrix.scenario import Scenario

READS = [
    case for case in ALL
    if case.name.startswith("GET") and not case.name.endswith(("content", "/audit"))  # they grow
]  # fmt: skip
ID = str(UUID(int=0))
MEMBERS = {"type", "title", "status", "detail", "instance", "code", "errors", "request_id"}


@pytest.mark.parametrize("case", READS, ids=str)
def test_head_answers_as_get_does_without_the_body(scenario: Scenario, case: Case) -> None:
    request = prepare(scenario, case.cell())
    terms = request.request.terms
    read = request.who.send("GET", request.path, params=terms)
    head = request.who.send("HEAD", request.path, params=terms)
    assert (head.status_code, head.content) == (read.status_code, b"")
    for name in ("content-type", "content-length", "cache-control"):
        assert head.headers.get(name) == read.headers.get(name)
    nobody = scenario.application.nobody.send("HEAD", request.path, params=terms)
    assert nobody.status_code == 401


def test_allow_lists_every_method_of_an_address(scenario: Scenario) -> None:
    expected: dict[str, set[str]] = defaultdict(set)
    for method, path in list_paths(scenario.application.app):
        expected[path].add(method)
    assert len(expected) > 50
    for path, methods in expected.items():
        wanted = sorted(methods | ({"HEAD"} if "GET" in methods else set()))
        address = path
        for part in (p for p in path.split("/") if p.startswith("{")):
            address = address.replace(part, ID)
        answer = scenario.application.nobody.send("TRACE", address)
        assert answer.status_code == 405, (path, answer.text)
        found = {one.strip() for one in answer.headers["allow"].split(",")}
        assert found >= set(wanted), path


@pytest.mark.parametrize(
    ("header", "language"),
    [
        ("en", "en"), ("en-GB,vi;q=0.5", "en"), ("vi;q=0.5,en;q=0.9", "en"), ("fr,en;q=0.1", "en"),
        ("vi,en", "vi"), ("en;q=0,vi;q=0.1", "vi"), ("en;q=0", "vi"), ("en;q=²", "vi"),
        ("en;q=nan", "vi"), ("en;q=2", "vi"), ("en; q=1.000", "en"), ("en;Q=1", "en"), ("", "vi"),
        ("en;q=", "vi"), ("english", "vi"), ("*", "vi"), (";;q=,en;q=x,,", "vi"), ("EN", "en"),
    ],
)  # fmt: skip
def test_the_language_is_chosen_by_quality(header: str, language: str) -> None:
    assert language_of({"accept-language": header}) == language


def test_facts_never_overwrite_members_of_a_problem() -> None:
    fault = FieldError("/name", "blank", "en", "vi", message="x")
    fault.facts |= {"pointer": "/x", "code": "x"}
    body = body_of(InvalidFields(fault, type="x", title="x", status=200, detail="x"), "en")
    assert (body["status"], body["title"]) == (422, HTTPStatus(422).phrase)
    assert body["type"].endswith("#invalid_fields")
    assert body["detail"] == InvalidFields.en
    assert body["errors"][0] == {"pointer": "/name", "code": "blank", "message": "en"}


def test_no_message_takes_a_fact_named_like_a_member() -> None:
    for kind in catalogue():
        texts = f"{getattr(kind, 'en', '')} {getattr(kind, 'vi', '')}"
        assert not [name for name in MEMBERS if f"{{{name}}}" in texts], kind


def test_vietnamese_messages_write_days_as_vietnamese_do() -> None:
    refusal = NotFound(kind="2026-02-10")
    assert "10/02/2026" in refusal.message("vi")
    assert "2026-02-10" in refusal.message("en")
    assert refusal.extensions() == {"kind": "2026-02-10"}
