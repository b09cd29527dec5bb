"""The two REST reads every shape has: one row, and a page of rows."""

import re
from collections.abc import Awaitable, Callable
from hashlib import blake2b
from typing import Annotated, Any

from fastapi import APIRouter, Path, Query, Request, Response
from fastapi.routing import APIRoute

from app.api.deps import app_state, authenticate
from app.api.rest import schemas
from app.api.rest.query_params import (
    ListParams,
    ReadParams,
    arguments_of,
    list_params,
    read_params,
    validate_query,
)
from app.api.rest.selection import row_selection_of, selection_of
from app.db.query.executor import Executor
from app.db.query.selection import Kind, SelectedField
from app.db.query.shape import Shape
from app.domain.actor import Actor
from app.domain.errors import NotACursor, NotFound
from app.domain.query import build_query, id_of, read_value
from app.domain.resources import Resource

TOTAL = (SelectedField("total", "total_count"), SelectedField("total_is_exact", "total_is_exact"))
MARK = re.compile(rb'\{"!v":(\d*)(?:null)?,?')
ADDRESSES: dict[str, str] = {}  # under which path the rows of a shape are found


class ReadRoute(APIRoute):
    """One validation for the whole question; the signature of the endpoint is there for OpenAPI."""

    def get_route_handler(self) -> Callable[[Request], Awaitable[Response]]:  # type: ignore[override]
        handler: Callable[[Request], Awaitable[Response]] = self.endpoint.handle  # type: ignore[attr-defined]
        return handler


def add_reads(router: APIRouter, resource: Resource) -> None:
    """Give a resource its list at its path and its single row below it."""
    shape, path = resource.shape, f"/{resource.path}"
    ADDRESSES[shape.name] = f"{router.prefix}{path}"
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
    kind = list_params(shape)

    async def endpoint(params: Annotated[kind, Query()]) -> Response: ...  # type: ignore[valid-type, empty-body]

    async def handle(request: Request) -> Response:
        actor = authenticate(request)
        params = validate_query(request.query_params, kind)
        return await answer_page(request, app_state(request).reader, actor, shape, params)

    return _describe_endpoint(endpoint, f"list_{shape.name}", doc, handle, shape)


def _one_endpoint(shape: Shape, doc: str) -> Any:
    kind = read_params(shape)

    async def endpoint(  # type: ignore[empty-body]
        id: Annotated[shape.id_type, Path()],  # type: ignore[name-defined]
        params: Annotated[kind, Query()],  # type: ignore[valid-type]
    ) -> Response: ...

    async def handle(request: Request) -> Response:
        actor, id = authenticate(request), request.path_params["id"]
        params = validate_query(request.query_params, kind)
        return await answer_one(request, app_state(request).reader, actor, shape, id, params)

    return _describe_endpoint(endpoint, f"read_{shape.name}", doc, handle, shape)


def _describe_endpoint(endpoint: Any, name: str, doc: str, handle: Any, shape: Shape) -> Any:
    endpoint.__name__, endpoint.__doc__, endpoint.handle = name, doc, handle
    endpoint.shape = shape
    return endpoint


async def answer_one(
    request: Request,
    fetcher: Executor,
    actor: Actor,
    shape: Shape,
    id: Any,
    params: ReadParams | None = None,
    status: int = 200,
) -> Response:
    """One row as JSON, with an ETag that holds its version."""
    params = params or read_params(shape)()
    picks = row_selection_of(shape, actor.permissions, params.fields, params.expand)
    arguments, _ = arguments_of(shape, params)
    read, values = build_query(shape, Kind.ONE, picks, arguments | {"id": id_of(shape, id)})
    found = await read_value(fetcher, actor, read, values)
    if found is None:
        raise NotFound(kind=shape.name)
    version, found = _split_version(found)
    answer = _etag(request, found, f"{version}-", status)
    if status == 201:
        answer.headers["location"] = f"{ADDRESSES[shape.name]}/{id}"
    return answer


async def answer_page(
    request: Request, fetcher: Executor, actor: Actor, shape: Shape, params: ListParams
) -> Response:
    """A page of rows as JSON."""
    picks = selection_of(shape, actor.permissions, params.fields, params.expand)
    envelope: tuple[SelectedField, ...] = (
        SelectedField("items", "nodes", picks),
        SelectedField("next", "next"),
    )
    envelope += TOTAL if params.total == "exact" else ()
    try:
        read, values = build_query(shape, Kind.PAGE, envelope, *arguments_of(shape, params))
    except NotACursor as refusal:
        raise NotACursor(name="cursor") from refusal  # as it is called here
    found = await read_value(fetcher, actor, read, values)
    assert found is not None
    return _etag(request, found, "", 200)


def _split_version(found: bytes) -> tuple[str, bytes]:
    """Return the version of a row, whatever part of it was read, and the row without this mark."""
    mark = MARK.match(found)
    return (mark[1].decode(), b"{" + found[mark.end() :]) if mark else ("", found)


def _etag(request: Request, body: bytes, prefix: str, status: int) -> Response:
    tag = f'"{prefix}{blake2b(body, digest_size=8).hexdigest()}"'
    headers = {"etag": tag, "cache-control": "private, no-cache"}
    known = request.headers.get("if-none-match", "")
    if request.method == "GET" and (tag in known or known.strip() == "*"):
        return Response(status_code=304, headers=headers)
    return Response(body, status, headers, "application/json")
