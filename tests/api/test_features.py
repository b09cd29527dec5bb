"""Declarations of the features: each operation once, and a new one without a word in `app.api`."""

from collections import Counter
from dataclasses import replace
from string import Formatter
from types import SimpleNamespace
from typing import Any
from uuid import UUID

import pytest
import strawberry
from fastapi import FastAPI
from strawberry.schema.config import StrawberryConfig

from app import features
from app.api.graphql import root_types, types
from app.api.rest import router
from app.api.rest.router import build_router
from app.db.session import Session
from app.domain.actor import Actor, Permission, operation
from app.domain.forces.committee_schemas import CommitteeChange, CommitteeCreate
from app.domain.forces.shape import TEAM
from app.domain.operations import Operation, Source
from app.domain.resources import Resource

OPERATIONS = list(features.operations())
RESOURCES = list(features.resources())
DERIVED = [one for one in OPERATIONS if one.answer is not None and not one.path.endswith("import")]
# What acts each time it is sent. A new one is written down here, with the reason.
NOT_IDEMPOTENT = {
    "add_attachment": "the same file is the same attachment",
    "change_password": "has transactions of its own, and a key would keep a secret",
    "start_totp": "has transactions of its own, and a key would keep a secret",
    "confirm_totp": "has transactions of its own, and a key would keep a secret",
    "open_identity": "each opening is on record, and nothing of it is kept",
    "simulate_deadline": "changes nothing",
    "try_criteria_set": "changes nothing",
    "reintegration_bank_list": "names people, and nothing of it is kept",
    "appoint_case_worker": "whoever appoints may not read the case again: a second time is refused",
}


def _get_name(one: Operation | Resource) -> str:
    return one.path if isinstance(one, Resource) else one.public_name


def test_no_two_operations_share_a_path_or_a_name() -> None:
    places = Counter((one.method, one.path) for one in OPERATIONS)
    places.update(("GET", path) for r in RESOURCES for path in (r.path, f"{r.path}/{{id}}"))
    names = Counter(one.public_name for one in OPERATIONS)
    assert max(places.values()) == max(names.values()) == 1


def test_what_is_not_idempotent_is_written_down() -> None:
    found = {one.public_name for one in OPERATIONS if one.method != "GET" and not one.idempotent}
    assert found == set(NOT_IDEMPOTENT)


@pytest.mark.parametrize("one", OPERATIONS, ids=_get_name)
def test_an_operation_says_who_may_and_what_it_does(one: Operation) -> None:
    assert one.permission is not None
    assert one.function.__doc__
    assert one.tag


@pytest.mark.parametrize(
    "one", [o for o in DERIVED if o.public_name != "add_attachment"], ids=_get_name
)
def test_a_path_holds_what_the_service_function_takes(one: Operation) -> None:
    held = {name for _, name, _, _ in Formatter().parse(one.path) if name}
    assert held == {taken.name for taken in one.inputs if taken.source is Source.PATH}


@pytest.mark.parametrize("layer", [router, root_types], ids=["REST", "GraphQL"])
def test_what_is_written_by_hand_is_declared_and_needed(layer: Any) -> None:
    by_hand = layer.HANDWRITTEN
    assert set(by_hand) <= {one.function for one in OPERATIONS}
    assert {one.function for one in OPERATIONS if one.answer is None} <= set(by_hand)


@pytest.mark.parametrize("resource", RESOURCES, ids=_get_name)
def test_a_row_is_changed_only_by_who_has_read_it(resource: Resource) -> None:
    for one in resource.operations:
        if one.method == "PATCH" or one.path.endswith("/transitions"):
            assert Source.VERSION in {taken.source for taken in one.inputs}, one.path


@operation(Permission.COMMITTEE_WRITE)
async def create_crew(session: Session, actor: Actor, data: CommitteeCreate) -> UUID:
    """Record a crew."""
    return actor.unit_id


@operation(Permission.COMMITTEE_WRITE)
async def change_crew(
    session: Session, actor: Actor, id: UUID, data: CommitteeChange, expected: int | None
) -> UUID:
    """Change a crew."""
    return id


CREWS = Resource(
    replace(TEAM, name="Crew"), "crews", many="List the crews.", one="Read one crew.",
    create=create_crew, update=change_crew,
)  # fmt: skip


def test_a_new_resource_is_in_rest_by_its_declaration_alone() -> None:
    app = FastAPI()
    app.include_router(build_router(SimpleNamespace(RESOURCES=(CREWS,), OPERATIONS=())))
    paths = app.openapi()["paths"]
    assert {path: set(methods) for path, methods in paths.items()} == {
        "/api/v1/crews": {"get", "post"},
        "/api/v1/crews/{id}": {"get", "patch"},
    }
    assert paths["/api/v1/crews"]["post"]["description"] == "Record a crew."


def test_a_new_resource_is_in_graphql_by_its_declaration_alone(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    more = (*features.FEATURES, SimpleNamespace(RESOURCES=(CREWS,), OPERATIONS=()))
    monkeypatch.setattr(features, "FEATURES", more)
    monkeypatch.setattr(root_types, "FEATURES", more)
    try:
        query = strawberry.type(type("Query", (), root_types.build_query_fields()))
        mutation = strawberry.type(type("Mutation", (), root_types.build_mutation_fields()))
        config = StrawberryConfig(scalar_map=types.SCALARS)
        sdl = strawberry.Schema(query, mutation, config=config).as_str()
    finally:
        for known in (types.NODES, types.SHAPES):
            known.pop("Crew", None)
    for line in (
        "crew(id: ID!, asOf: Date = null, hierarchy: Hierarchy = null): Crew",
        "createCrew(data: CommitteeCreate!): Crew",
        "changeCrew(id: UUID!, expectedVersion: Int!, data: CommitteeChange!): Crew",
    ):
        assert line in sdl
