"""Counts beside nested lists: of every resource, in both layers, of what the caller sees."""

from uuid import UUID

import pytest

from app.db.query.shape import Shape, count_of
from app.domain.actor import GRANTS, Level, Role
from app.domain.resources import Resource
from tests.application import Caller
from tests.conformance.cases import LISTS, RESOURCES, Case
from tests.conformance.test_reads import asker, both
from tests.matrix.scenario import Scenario
from tests.reads.neutral_questions import NeutralQuestion, Tree, list_plain

NESTED = [
    (resource, case, name)
    for resource, case in zip(RESOURCES, LISTS, strict=True)
    for name, link in resource.shape.links.items()
    if link.many
]
MODELS, ROLES = "/api/v1/models", (Role.RECORDER, Role.APPROVER)


def _first_field(shape: Shape) -> str:
    return next(name for name in list_plain(shape) if shape.fields[name].needs is None)


@pytest.mark.parametrize(
    ("resource", "case", "name"), NESTED, ids=[f"{one.path}-{name}" for one, _, name in NESTED]
)
def test_a_nested_list_has_its_count(
    scenario: Scenario, resource: Resource, case: Case, name: str
) -> None:
    caller, kept = asker(scenario, case)
    link, count = resource.shape.links[name], count_of(name)
    if not _may(case, link.to().needs):
        refused = caller.get(f"/api/v1/{resource.path}", fields=count)
        assert (refused.status_code, refused.json()["permission"]) == (403, link.to().needs)
        return
    tree: Tree = {"id": {}, name: {_first_field(link.to()): {}}}
    question = NeutralQuestion(resource.shape.name, tree, filters=kept, limit=10)
    rows = both(caller, question, resource)
    assert rows
    assert [len(row[name]) for row in rows] == [min(row[count], link.first) for row in rows]
    longest = max(rows, key=lambda row: int(row[count]))
    fields = f"id,{name}[{_first_field(link.to())}]"
    whole = caller.get(f"/api/v1/{resource.path}/{longest['id']}", fields=fields).json()
    assert len(whole[name]) == min(longest[count], link.most)
    alone = caller.get(f"/api/v1/{resource.path}/{longest['id']}", fields=count).json()
    assert alone == {count: longest[count]}


def _may(case: Case, needs: str | None) -> bool:
    return needs is None or any(needs in GRANTS[role] for role in case.cell("own_commune").roles)


def _make(giver: Caller, unit: UUID, source: str | None = None) -> str:
    data = {"type": "camera", "units": [str(unit)], "name": "Camera", "replicated_from": source}
    data |= {"launched_on": "2024-05-07" if source else "2024-05-06"}
    made = giver.post(MODELS, {name: value for name, value in data.items() if value})
    assert made.status_code == 201, made.text
    return str(made.json()["id"])


def test_a_count_is_of_standing_rows_in_scope(scenario: Scenario) -> None:
    giver, country = scenario.application.national(*ROLES), scenario.country
    source = _make(giver, country["1.1"])
    replicas = [_make(giver, country[path], source) for path in ("1.1", "1.1", "1.2", "2.1")]
    gone = giver.change("POST", f"{MODELS}/{replicas[0]}", {"reason": "Nhập nhầm"}, at="/void")
    assert gone.status_code == 200, gone.text
    for path, level, count in (
        ("", Level.NATIONAL, 3), ("1", Level.PROVINCE, 2), ("1.1", Level.COMMUNE, 1),
    ):  # fmt: skip
        caller = scenario.application.caller(*ROLES, level=level, unit=country[path])
        row = caller.get(f"{MODELS}/{source}", fields="replicas[id]").json()
        assert (len(row["replicas"]), row["replicas_count"]) == (count, count)
        found = caller.ask(f'{{ model(id: "{source}") {{ replicasCount }} }}')
        assert found["data"]["model"] == {"replicasCount": count}
