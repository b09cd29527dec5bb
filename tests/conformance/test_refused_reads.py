"""Refused reads of sensitive rows leave an audit entry, in both layers, for all declarations."""

from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlmodel import select

from app.db.tables.records import AuditEntry
from app.domain.actor import Role
from app.domain.records.refused_reads import audited_read
from app.domain.resources import Resource
from tests.application import Caller, runner
from tests.conformance.cases import FIGURES, LISTS, RESOURCES, ROWS, WRITES, Case
from tests.matrix.scenario import Scenario
from tests.reads.neutral_questions import camel

SENSITIVE = [
    (resource, many, one)
    for resource, many, one in zip(RESOURCES, LISTS, ROWS, strict=True)
    if resource.shape.sensitive
]
OPENING = [
    case for case in (*FIGURES, *WRITES)
    if case.operation and "{id}" in case.operation.path
    and audited_read(case.operation.function)
]  # fmt: skip
NAMES = [resource.path for resource in RESOURCES if resource.shape.sensitive]


def entries(scenario: Scenario, resource: str, id: UUID | None = None) -> list[Any]:
    """Read the audit of tries to read a resource, or one row of it."""
    entry: Any = AuditEntry
    read = select(entry.detail).where(entry.act == "read", entry.resource == resource)

    async def fetch() -> list[Any]:
        async with scenario.application.behind() as session:
            found = read.where(entry.resource_id == id) if id else read
            return list((await session.exec(found.order_by(entry.id))).all())

    return runner().run(fetch())


def allowed_roles(case: Case) -> frozenset[Role]:
    return frozenset({min(case.line.may)})


def caller(scenario: Scenario, roles: frozenset[Role]) -> Caller:
    return scenario.caller(roles, "own_commune")


@pytest.mark.parametrize(("resource", "many", "one"), SENSITIVE, ids=NAMES)
def test_refused_read_of_rows_is_audited(
    scenario: Scenario, resource: Resource, many: Case, one: Case
) -> None:
    table, id = str(resource.shape.table.__tablename__), uuid4()
    outsider = caller(scenario, frozenset({many.outsiders[0]}))
    path, root = (
        f"/api/v1/{resource.path}",
        resource.shape.name[0].lower() + resource.shape.name[1:],
    )
    before = len(entries(scenario, table))
    assert outsider.get(path).status_code == 403
    outsider.ask(f"{{ {camel(resource.list_name)}(first: 1) {{ nodes {{ id }} }} }}")
    assert len(entries(scenario, table)) == before + 2
    assert outsider.get(f"{path}/{id}").status_code == 403
    outsider.ask(f'{{ {root}(id: "{id}") {{ id }} }}')
    assert entries(scenario, table, id) == ["refused: forbidden"] * 2
    assert caller(scenario, allowed_roles(one)).get(f"{path}/{id}").status_code == 404
    assert entries(scenario, table, id)[2].startswith("rows=0")


@pytest.mark.parametrize("case", OPENING, ids=str)
@pytest.mark.parametrize("who", ["outsider", "insider"])
def test_refused_opening_is_audited(scenario: Scenario, case: Case, who: str) -> None:
    """An outsider lacks the permission; for an insider it is not there."""
    assert case.operation
    id, other, resource = uuid4(), uuid4(), audited_read(case.operation.function)
    outside = frozenset({case.outsiders[0]})
    asker = caller(scenario, outside if who == "outsider" else allowed_roles(case))
    path = f"/api/v1/{case.operation.path}".replace("{id}", str(id))
    for_purpose = "purpose" in {one.name for one in case.operation.inputs}
    terms = {"params": {"purpose": "support"}} if for_purpose else {}
    path = path.replace("{attachment_id}", str(other))
    answer = asker.send(case.operation.method, path, **terms)
    assert answer.status_code == (403 if who == "outsider" else 404)
    more = f', attachmentId: "{other}"' if "attachment_id" in case.operation.path else ""
    more += ", purpose: SUPPORT" if for_purpose else ""
    kind = "query" if case.operation.is_query or case.operation.method == "GET" else "mutation"
    name = camel(case.operation.public_name)
    found = asker.ask(f'{kind} {{ {name}(id: "{id}"{more}) {{ __typename }} }}')
    assert found["errors"][0]["extensions"]["code"] == answer.json()["code"], found
    told = entries(scenario, str(resource), id)
    assert len(told) == 2
    assert all(detail.startswith("refused: ") for detail in told)


def test_whatever_reads_in_a_transaction_that_writes_is_audited() -> None:
    """A read writes for its audit only: who declares one audits the refusals as well."""
    reads = [
        case for case in FIGURES
        if case.operation and case.operation.writes and "{id}" in case.operation.path
    ]  # fmt: skip
    bare = [
        case.name for case in reads
        if case.operation and audited_read(case.operation.function) is None
    ]  # fmt: skip
    assert reads
    assert bare == []
