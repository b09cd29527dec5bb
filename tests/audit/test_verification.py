"""Heads and verifications at both layers: who may ask, what is answered, what is noted."""

from typing import Any

import pytest

from app.domain.actor import Level, Role
from app.domain.audit.seals import seal_all
from tests.application import Caller, runner
from tests.audit.give import AuditScenario

HEADS = "{ auditHeads { keys { kid x } heads { position head signature keyId } waiting } }"
VERIFY = """mutation ($data: VerificationInput!) { verifyAudit(data: $data) {
  fromPosition toPosition entries seals found faults { what position entryId } } }"""
PATHS = [("GET", "/api/v1/audit/heads"), ("POST", "/api/v1/audit/verifications")]
QUERIES: list[tuple[str, dict[str, Any]]] = [(HEADS, {}), (VERIFY, {"data": {}})]
FAR = '{ auditEntry(id: "%s") { position } }'
WRONG = [role for role in Role if role is not Role.AUDITOR]


@pytest.fixture(scope="module", autouse=True)
def chain_length(scenario: AuditScenario) -> int:
    """All that was given is sealed."""
    application = scenario.application.app.state.resources
    return runner().run(seal_all(application.database, application.audit_keys))


def code_of(answer: Any) -> str:
    return str(answer["errors"][0]["extensions"]["code"])


def verify(caller: Caller, **body: Any) -> dict[str, Any]:
    answer = caller.post("/api/v1/audit/verifications", body)
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


@pytest.mark.parametrize(("method", "path"), PATHS)
def test_nobody_asks_without_a_token(scenario: AuditScenario, method: str, path: str) -> None:
    assert scenario.application.nobody.send(method, path, json={}).status_code == 401


@pytest.mark.parametrize("role", WRONG)
def test_only_auditors_ask(scenario: AuditScenario, role: Role) -> None:
    caller = scenario.application.caller(role, level=Level.NATIONAL, unit=scenario.country[""])
    for method, path in PATHS:
        assert caller.send(method, path, json={}).json()["code"] == "forbidden"
    for query, given in QUERIES:
        assert code_of(caller.ask(query, **given)) == "forbidden"


def test_the_whole_chain_is_verified_for_the_whole_country_only(scenario: AuditScenario) -> None:
    for place in ("1", "2.1", "1.2.3"):
        caller = scenario.auditor(place)
        answer = caller.post("/api/v1/audit/verifications", {})
        assert (answer.status_code, answer.json()["code"]) == (403, "national_only")
        assert code_of(caller.ask(VERIFY, data={})) == "national_only"


def test_heads_are_shown_alike_at_both_layers(scenario: AuditScenario, chain_length: int) -> None:
    caller = scenario.auditor("1")
    heads = caller.get("/api/v1/audit/heads").json()
    told = caller.ask(HEADS)["data"]["auditHeads"]
    assert heads["heads"][0]["position"] >= chain_length > 21
    assert told["heads"][0]["head"] == heads["heads"][0]["head"]
    assert told["heads"][0]["signature"] == heads["heads"][0]["signature"]
    assert [key["x"] for key in told["keys"]] == [key["x"] for key in heads["keys"]]
    assert "d" not in heads["keys"][0]


def test_an_untouched_chain_has_no_faults(scenario: AuditScenario, chain_length: int) -> None:
    found = verify(scenario.auditor())
    assert (found["entries"], found["found"], found["faults"]) == (chain_length, 0, [])
    told = scenario.auditor().ask(VERIFY, data={})["data"]["verifyAudit"]
    assert (told["entries"], told["found"], told["faults"]) == (chain_length, 0, [])


def test_a_verification_is_on_the_audit(scenario: AuditScenario) -> None:
    verify(scenario.auditor())
    entry = scenario.entries("act = 'security'")[-1]
    assert (entry["operation"], entry["resource"]) == ("audit:verify", "audit_chain")


def test_a_part_is_verified(scenario: AuditScenario) -> None:
    found = verify(scenario.auditor(), from_position=3, to_position=9)
    assert (found["from_position"], found["to_position"], found["entries"]) == (3, 9, 7)
    assert found["found"] == 0


def test_a_published_head_must_still_be_reached(scenario: AuditScenario, chain_length: int) -> None:
    caller = scenario.auditor()
    head = caller.get("/api/v1/audit/heads").json()["heads"][0]
    kept = {"position": head["position"], "head": head["head"]}
    assert verify(caller, published=kept)["found"] == 0
    beyond = verify(caller, published=kept | {"position": chain_length + 9})
    assert [(fault["what"], fault["position"]) for fault in beyond["faults"]] == [
        ("cut", chain_length + 9)
    ]
    told = caller.ask(VERIFY, data={"published": kept | {"head": "0" * 64}})
    fault = told["data"]["verifyAudit"]["faults"][0]
    assert (fault["what"], fault["position"]) == ("REWRITTEN", head["position"])


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({"from_position": 0}, "/from_position"),
        ({"published": {"position": 1, "head": "xyz"}}, "/published/head"),
        ({"published": {"position": 1}}, "/published/head"),
        ({"more": 1}, "/more"),
        ({"to_position": 2**60}, "/to_position"),
    ],
)
def test_an_invalid_request_is_refused_with_its_pointer(
    scenario: AuditScenario, body: dict[str, Any], pointer: str
) -> None:
    answer = scenario.auditor().post("/api/v1/audit/verifications", body)
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["pointer"] == pointer


def test_a_range_does_not_end_before_it_begins(scenario: AuditScenario) -> None:
    body = {"from_position": 5, "to_position": 4}
    answer = scenario.auditor().post("/api/v1/audit/verifications", body)
    assert (answer.status_code, answer.json()["code"]) == (422, "not_a_range")
    given = {"fromPosition": 5, "toPosition": 4}
    assert code_of(scenario.auditor().ask(VERIFY, data=given)) == "not_a_range"


def test_an_alteration_is_named_at_both_layers(scenario: AuditScenario) -> None:
    """An owner that is no administrator can alter the hashes, and it shows."""
    kept = scenario.rows("SELECT hash FROM audit_link WHERE position = 4")[0]["hash"]
    scenario.rows("UPDATE audit_link SET hash = sha256('x') WHERE position = 4")
    try:
        found = verify(scenario.auditor())
        told = scenario.auditor().ask(VERIFY, data={})["data"]["verifyAudit"]
    finally:
        scenario.rows("UPDATE audit_link SET hash = $1 WHERE position = 4", kept)
    assert [(fault["what"], fault["position"]) for fault in found["faults"]] == [("flipped", 4)]
    assert [(fault["what"], fault["position"]) for fault in told["faults"]] == [("FLIPPED", 4)]
    assert verify(scenario.auditor())["found"] == 0


def test_a_position_beyond_32_bits_is_returned_at_both_layers(scenario: AuditScenario) -> None:
    far = 2**40
    scenario.rows("UPDATE audit_link SET position = $1 WHERE position = 4", far)
    try:
        found = verify(scenario.auditor())
        told = scenario.auditor().ask(VERIFY, data={"toPosition": far})["data"]["verifyAudit"]
        entry = scenario.auditor().ask(FAR % far_id(scenario, far))["data"]["auditEntry"]
    finally:
        scenario.rows("UPDATE audit_link SET position = 4 WHERE position = $1", far)
    assert found["to_position"] == told["toPosition"] == entry["position"] == far
    assert ("missing", 4) in [(fault["what"], fault["position"]) for fault in found["faults"]]


def far_id(scenario: AuditScenario, position: int) -> Any:
    return scenario.rows("SELECT entry_id FROM audit_link WHERE position = $1", position)[0][
        "entry_id"
    ]


def test_the_owner_cannot_delete_entries_by_row(scenario: AuditScenario) -> None:
    """No policy lets even the owner delete; an administrator can, and it shows in the chain."""
    before = len(scenario.entries())
    scenario.rows("DELETE FROM audit_entry")
    assert len(scenario.entries()) == before
