"""The two REST reads every shape has: one row, and a page of rows."""

from collections.abc import Awaitable, Callable
from hashlib import blake2b
from typing import Annotated, Any

import orjson
from fastapi import APIRouter, Path, Query, Request, Response
from fastapi.routing import APIRoute

from app.api.deps import actor_of, house_of
from app.api.rest import schemas
from app.api.rest.question import (
    PageQuestion,
    Question,
    arguments_of,
    given_in,
    one_question,
    page_question,
)
from app.api.rest.selection import picks_of
from app.db.ask import Kind, Pick
from app.db.pool import Fetcher
from app.db.shape import Shape
from app.domain.actor import Actor
from app.domain.errors import NotACursor, NotFound
from app.domain.reading import ask, read_value
from app.domain.resources import Resource

TOTAL = (Pick("total", "total_count"), Pick("total_is_exact", "total_is_exact"))


class ReadRoute(APIRoute):
    """One validation for the whole question; the signature of the endpoint is there for OpenAPI."""

    def get_route_handler(self) -> Callable[[Request], Awaitable[Response]]:  # type: ignore[override]
        handler: Callable[[Request], Awaitable[Response]] = self.endpoint.handle  # type: ignore[attr-defined]
        return handler


def add_reads(router: APIRouter, resource: Resource) -> None:
    """Give a resource its list at its path and its single row below it."""
    shape, path = resource.shape, f"/{resource.path}"
    for place, endpoint, model in (
        (path, _page_endpoint(shape, resource.many), schemas.page(shape)),
        (path + "/{id}", _one_endpoint(shape, resource.one), schemas.one(shape)),
    ):
        router.add_api_route(
            place,
            endpoint,
            response_model=None,
            responses={200: {"model": model}, **schemas.READ_PROBLEMS},
            route_class_override=ReadRoute,
            tags=[resource.path],
        )


def _page_endpoint(shape: Shape, doc: str) -> Any:
    kind = page_question(shape)

    async def endpoint(asked: Annotated[kind, Query()]) -> Response: ...  # type: ignore[valid-type, empty-body]

    async def handle(request: Request) -> Response:
        actor = actor_of(request)
        asked = kind.model_validate(given_in(request.query_params, kind))
        return await answer_page(request, house_of(request).reader, actor, shape, asked)

    return _named(endpoint, f"list_{shape.name}", doc, handle, shape)


def _one_endpoint(shape: Shape, doc: str) -> Any:
    kind = one_question(shape)

    async def endpoint(  # type: ignore[empty-body]
        id: Annotated[shape.id_type, Path()],  # type: ignore[name-defined]
        asked: Annotated[kind, Query()],  # type: ignore[valid-type]
    ) -> Response: ...

    async def handle(request: Request) -> Response:
        actor, id = actor_of(request), request.path_params["id"]
        asked = kind.model_validate(given_in(request.query_params, kind))
        return await answer_one(request, house_of(request).reader, actor, shape, id, asked)

    return _named(endpoint, f"read_{shape.name}", doc, handle, shape)


def _named(endpoint: Any, name: str, doc: str, handle: Any, shape: Shape) -> Any:
    endpoint.__name__, endpoint.__doc__, endpoint.handle = name, doc, handle
    endpoint.shape = shape
    return endpoint


async def answer_one(
    request: Request,
    fetcher: Fetcher,
    actor: Actor,
    shape: Shape,
    id: Any,
    asked: Question | None = None,
    status: int = 200,
) -> Response:
    """One row as JSON, with an ETag that holds its version."""
    asked = asked or one_question(shape)()
    picks = picks_of(shape, actor.permissions, asked.fields, asked.expand)
    arguments, _ = arguments_of(shape, asked)
    read, values = ask(shape, Kind.ONE, picks, arguments | {"id": id_of(shape, id)})
    found = await read_value(fetcher, actor, read, values)
    if found is None:
        raise NotFound(kind=shape.name)
    version = orjson.loads(found).get("version", "")
    return _tagged(request, found, f"{version}-", status)


async def answer_page(
    request: Request, fetcher: Fetcher, actor: Actor, shape: Shape, asked: PageQuestion
) -> Response:
    """A page of rows as JSON."""
    picks = picks_of(shape, actor.permissions, asked.fields, asked.expand)
    envelope: tuple[Pick, ...] = (Pick("items", "nodes", picks), Pick("next", "next"))
    envelope += TOTAL if asked.total == "exact" else ()
    try:
        read, values = ask(shape, Kind.PAGE, envelope, *arguments_of(shape, asked))
    except NotACursor as refusal:
        raise NotACursor(name="cursor") from refusal  # as it is called here
    found = await read_value(fetcher, actor, read, values)
    assert found is not None
    return _tagged(request, found, "", 200)


def id_of(shape: Shape, id: Any) -> Any:
    """An id that cannot be one stands for a row that nobody has; permission comes before that."""
    try:
        return shape.id_type(str(id))
    except ValueError:
        return shape.id_type(int=0)


def _tagged(request: Request, body: bytes, prefix: str, status: int) -> Response:
    tag = f'"{prefix}{blake2b(body, digest_size=8).hexdigest()}"'
    headers = {"etag": tag, "cache-control": "private, no-cache"}
    known = request.headers.get("if-none-match", "")
    if request.method == "GET" and (tag in known or known.strip() == "*"):
        return Response(status_code=304, headers=headers)
    return Response(body, status, headers, "application/json")
