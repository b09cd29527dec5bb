"""Nothing opens without a permission."""

from types import SimpleNamespace
from typing import Any
from uuid import UUID

import pytest
import strawberry
from fastapi import APIRouter

from app.api import guard
from app.api.graphql import schema as layers
from app.api.rest import oauth
from app.commands.api_contract import parity
from app.db.session import Session
from app.domain.actor import GRANTS, Actor, Permission, Role
from app.domain.operations import Operation
from app.domain.units.shape import UNIT
from app.features import FEATURES
from app.main import create_app
from app.settings import Settings
from tests.application import Application


def test_the_application_names_a_permission_everywhere(application: Application) -> None:
    ways = list(guard.endpoints(application.app, layers.build_schema()._schema))
    assert len(ways) > 20
    assert all(way.needs for way in ways)


def test_a_bare_route_prevents_the_start(monkeypatch: pytest.MonkeyPatch) -> None:
    router = APIRouter(prefix="/api/v1")

    @router.get("/forgotten")
    async def forgotten() -> None: ...

    monkeypatch.setattr(oauth, "router", router)
    with pytest.raises(guard.MissingPermission, match="GET /api/v1/forgotten"):
        create_app(Settings())


def test_an_operation_without_a_permission_prevents_the_start(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async def forget(session: Session, actor: Actor) -> UUID:
        return actor.unit_id

    opened = Operation(forget, "teams/forgotten", tag="teams", shape=UNIT)
    loose = SimpleNamespace(RESOURCES=(), OPERATIONS=(opened,))
    monkeypatch.setattr("app.main.FEATURES", (*FEATURES, loose))
    with pytest.raises(guard.MissingPermission, match="POST /api/v1/teams/forgotten"):
        create_app(Settings())


def test_a_bare_graphql_field_prevents_the_start(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def forgotten() -> str:
        return "secret"

    fields = {"forgotten": strawberry.field(forgotten)}
    monkeypatch.setattr(layers, "Query", strawberry.type(type("Query", (layers.Query,), fields)))
    with pytest.raises(guard.MissingPermission, match="query forgotten"):
        create_app(Settings())


def test_a_bare_type_prevents_the_start(monkeypatch: pytest.MonkeyPatch) -> None:
    @strawberry.type
    class Loose:
        secret: str

    made = strawberry.Schema

    def with_loose(*roots: Any, types: Any, **more: Any) -> Any:
        return made(*roots, **more | {"types": [*types, Loose]})

    monkeypatch.setattr(layers, "Schema", with_loose)
    with pytest.raises(guard.MissingPermission, match="type Loose"):
        create_app(Settings())


def test_a_shape_without_a_permission_prevents_the_start(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    object.__setattr__(UNIT, "needs", None)
    try:
        with pytest.raises(guard.MissingPermission, match="GET /api/v1/units"):
            create_app(Settings())
    finally:
        object.__setattr__(UNIT, "needs", Permission.UNIT_READ)


def test_both_layers_offer_the_same_operations() -> None:
    for row in parity():
        if row["rest"] and row["graphql"]:
            continue
        known = [name for name in row["graphql"] if name == "query node"]  # type: ignore[attr-defined]
        assert known, f"{row['does']} is at one layer only: {row['rest']} {row['graphql']}"


def test_the_operator_of_the_machine_sees_no_data() -> None:
    assert GRANTS[Role.OPERATOR] == {Permission.ME_READ, Permission.ME_WRITE}


def test_every_permission_is_granted_to_somebody_and_every_role_has_a_row() -> None:
    assert set(GRANTS) == set(Role)
    assert set().union(*GRANTS.values()) == set(Permission)
