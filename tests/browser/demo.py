"""A house of one room: enough of both doors for the pages to show something."""

from enum import Enum
from typing import Annotated

import strawberry
from fastapi import Depends, FastAPI, Request
from fastapi.responses import HTMLResponse
from fastapi.security import HTTPBearer
from strawberry.fastapi import GraphQLRouter

from app.api import pages

TOKEN = "demo"


@strawberry.enum
class Level(Enum):
    PROVINCE = "province"


@strawberry.input
class LevelFilter:
    eq: Level


@strawberry.input
class UnitFilter:
    level: LevelFilter


@strawberry.type
class Unit:
    code: str
    name: str


@strawberry.type
class UnitConnection:
    total_count: int
    nodes: list[Unit]


@strawberry.type
class Query:
    @strawberry.field
    def units(self, info: strawberry.Info, where: UnitFilter, first: int) -> UnitConnection:
        """The units of one level."""
        if info.context["request"].headers.get("Authorization") != f"Bearer {TOKEN}":
            raise PermissionError("Sign in first.")
        return UnitConnection(total_count=1, nodes=[Unit(code="04", name="Cao Bằng")])


class Door(GraphQLRouter[None, None]):
    async def render_graphql_ide(self, request: Request) -> HTMLResponse:
        return pages.graphiql()


async def list_units(_: Annotated[object, Depends(HTTPBearer())]) -> list[str]:
    """Units a token may see."""
    return ["Cao Bằng"]


def create_app() -> FastAPI:
    app = FastAPI(title="Bình Yên API", docs_url=None, redoc_url=None)
    pages.add_pages(app)
    app.include_router(Door(strawberry.Schema(Query)), prefix="/graphql", include_in_schema=False)
    app.add_api_route("/api/v1/units", list_units, tags=["units"])
    return app
