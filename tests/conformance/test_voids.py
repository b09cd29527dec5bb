"""Records entered in error: every kind is voided in one way, and says so; voided ones stay out."""

from typing import Any

import pytest

from app.db.base import Voidable, voidable_tables
from app.db.tables.units import UnitDated
from app.domain.actor import Role
from app.domain.resources import Resource
from tests.conformance.cases import RESOURCES, WRITES, Case
from tests.matrix.cells import PreparedRequest, prepare
from tests.matrix.scenario import Scenario

# Resources whose records are not voided, each with the reason.
NOT_VOIDED = {
    "unit-reorganisations": "a draft is withdrawn, and what was committed is reversed",
    "model-types": "a name of the whole country; corrected, as models of it stand",
    "model-review-rules": "a rule; the next one ends it",
    "team-size-rules": "a rule; corrected, or ended by the next one",
    "deadline-rules": "a rule; the next edition ends it",
    "calendars": "a rule; its days are entered anew",
    "deadlines": "follows from the record that it belongs to",
    "retention-rules": "a rule; the next one ends it",
    "attachments": "a part of a document",
    "exports": "a copy of a list, deleted within a day",
    "webhook-endpoints": "disabled",
    "webhook-deliveries": "a log",
    "audit": "a log",
    "accounts": "disabled",
    "clients": "disabled",
    "grants": "revoked",
    "tips": "never refused and never voided: linked as duplicates",
    "tip-transfers": "a part of a tip",
    "tip-stubs": "a part of a tip",
    "tip-holds": "released",
    "identity-requests": "a decision on an identity stays",
    "tip-desks": "settings of a unit",
    "reintegration-cases": "closed, and purged by its term",
    "reintegration-transfers": "a part of a case",
    "reintegration-holds": "released",
    "reintegration-openings": "reviewed: what was read stays read",
    "unattended-cases": "cases, as their superior sees them",
    "criteria-sets": "a rule; a draft is changed, and the next edition ends it",
    "evaluation-rounds": "changed, or closed",
    "evaluations": "closed with a reason, and registered anew",
    "imports": "a transition voids the records that it made",
    "import-rows": "a part of an import",
    "sync-conflicts": "resolved by a person",
}
VOIDS = [case for case in WRITES if case.name.endswith("/{id}/void")]
BY_PATH = {resource.path: resource for resource in RESOURCES}


@pytest.mark.parametrize("resource", RESOURCES, ids=lambda one: one.path)
def test_every_resource_can_be_voided_or_says_why_not(resource: Resource) -> None:
    assert bool(resource.void) != (resource.path in NOT_VOIDED), resource.path
    assert bool(resource.void) == issubclass(resource.shape.table, Voidable)


def test_every_voidable_table_is_a_resource_with_its_own_permission() -> None:
    declared = [one for one in RESOURCES if one.void]
    assert {case.name.split("/")[3] for case in VOIDS} == {one.path for one in declared}
    rows = {one.shape.table for one in declared} - {UnitDated}  # the view of units
    assert rows == set(voidable_tables())
    needs = [str(case.needs) for case in VOIDS]
    assert len(set(needs)) == len(needs)
    assert all(name.endswith(":void") for name in needs)


def ids_of(request: PreparedRequest, resource: Resource, **more: str) -> list[str]:
    """Return the ids on the first page, which has the newest records, or the one it is about."""
    order = {"order": "newest"} if "newest" in resource.shape.orders else {}
    order = order or {"id": request.about.target_id}
    page = request.who.get(f"/api/v1/{resource.path}", limit="100", **order, **more)
    assert page.status_code == 200, page.text
    return [row["id"] for row in page.json()["items"]]


@pytest.mark.parametrize("case", VOIDS, ids=str)
def test_a_voided_record_stays_and_stands_in_no_list(scenario: Scenario, case: Case) -> None:
    request, resource = prepare(scenario, case.cell()), BY_PATH[case.name.split("/")[3]]
    path, id = request.path.removesuffix("/void"), request.about.target_id
    assert id in ids_of(request, resource)
    gone = request.send()
    assert gone.status_code == 200, gone.text
    assert gone.json()["void_reason"]
    assert gone.json()["voided_at"]
    assert gone.json().get("allowed_actions", []) == []
    assert id not in ids_of(request, resource)
    assert id not in ids_of(request, resource, voided="exclude")
    assert id in ids_of(request, resource, voided="include")
    assert id in ids_of(request, resource, voided="only")
    kept = request.who.get(path)
    assert (kept.status_code, kept.json()["void_reason"]) == (200, gone.json()["void_reason"])
    again = request.send(if_match=kept.headers["etag"])
    assert (again.status_code, again.json()["code"]) == (409, "voided")


WHERE = {"EXCLUDE": False, "INCLUDE": True, "ONLY": True}


@pytest.mark.parametrize("case", VOIDS, ids=str)
def test_both_layers_void_and_list_alike(scenario: Scenario, case: Case) -> None:
    request, resource = prepare(scenario, case.cell()), BY_PATH[case.name.split("/")[3]]
    row = request.query("{ id voidedAt voidReason }")
    assert (row["id"], bool(row["voidedAt"])) == (request.about.target_id, True)
    name = "".join(part.title() for part in resource.list_name.split("_"))
    name = name[0].lower() + name[1:]
    for voided, there in WHERE.items():
        which = f'voided: {{eq: {voided}}}, id: {{eq: "{row["id"]}"}}'
        asked = f"first: 50, where: {{{which}}}"
        found: Any = request.who.ask(f"{{ {name}({asked}) {{ nodes {{ id }} }} }}")
        assert (row["id"] in [one["id"] for one in found["data"][name]["nodes"]]) is there, found


VOID_OF = {case.name.split("/")[3]: case for case in VOIDS}
CHANGES = [
    case
    for case in WRITES
    if case.is_done and "/{id}" in case.name and case.name.split("/")[3] in VOID_OF
    and not case.name.endswith("/void")
]  # fmt: skip


@pytest.mark.parametrize("case", CHANGES, ids=str)
def test_nothing_changes_a_voided_record(scenario: Scenario, case: Case) -> None:
    request = prepare(scenario, case.cell())
    path = "/".join(request.path.split("/")[:5])
    approver = scenario.application.national(Role.APPROVER)
    gone = approver.change("POST", path, {"reason": "Nhập nhầm"}, at="/void")
    assert gone.status_code == 200, gone.text
    late = request.send(if_match=gone.headers["etag"])
    assert (late.status_code, late.json()["code"]) == (409, "voided"), late.text
