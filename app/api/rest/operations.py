"""Endpoints derived from what the features declare."""

from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

from fastapi import APIRouter, Request, Response

from app.api.deps import app_state, find_contexts
from app.api.rest import schemas
from app.api.rest.one_time_secret import OneTimeSecretResponse
from app.api.rest.query_params import read_params, refuse_unknown
from app.api.rest.reads import answer_one
from app.api.rest.signatures import derive_endpoint_signature, list_query_names
from app.api.rest.writes import idempotent, responses
from app.db.query.executor import SessionExecutor
from app.db.query.shape import Shape
from app.domain.operations import Operation
from app.domain.records.schemas import OneTimeSecret

Endpoint = Callable[..., Awaitable[Response]]
E = TypeVar("E", bound=Endpoint)
NO_STORE = {"cache-control": "no-store"}


def add_operation(router: APIRouter, operation: Operation, by_hand: Endpoint | None = None) -> None:
    """Offer an operation at its path; what differs in its endpoint may be written by hand."""
    endpoint: Any = by_hand or derive_endpoint(operation)
    endpoint.__doc__ = endpoint.__doc__ or operation.function.__doc__
    if operation.idempotent:
        endpoint = idempotent(endpoint, operation)
    endpoint.operation = operation
    document = _description(operation) | getattr(by_hand, "document", {})
    router.add_api_route(
        f"/{operation.path}", endpoint, methods=[operation.method], name=operation.public_name,
        tags=[operation.tag], **document,
    )  # fmt: skip


def describe_endpoint(**document: Any) -> Callable[[E], E]:
    """Tell OpenAPI of an endpoint written by hand what the declaration does not say."""

    def mark(endpoint: E) -> E:
        marked: Any = endpoint
        marked.document = document
        return endpoint

    return mark


def derive_endpoint(operation: Operation) -> Endpoint:
    """An endpoint that does what the service function does, and answers as it is declared."""
    first, _, *others = operation.inputs
    contexts = find_contexts(operation)
    names = list_query_names(operation)

    async def endpoint(*, request: Request, **given: Any) -> Response:
        if operation.method == "GET":
            refuse_unknown(request.query_params, names)
        for name, get in contexts.items():
            given[name] = get(app_state(request))
        rest = {one.name: given[one.name] for one in others}
        found = await operation.function(given[first.name], given["actor"], **rest)
        return await _answer(request, operation, given, found)

    changed: Any = endpoint
    changed.__name__ = operation.public_name
    changed.__signature__ = derive_endpoint_signature(operation)
    return endpoint


async def _answer(
    request: Request, operation: Operation, given: dict[str, Any], found: Any
) -> Response:
    shape, status = operation.answer, operation.status
    if isinstance(shape, Shape):
        asked = read_params(shape)(expand=operation.expand)
        inside = SessionExecutor(given["session"])
        return await answer_one(request, inside, given["actor"], shape, found, asked, status)
    if isinstance(found, OneTimeSecret):
        return OneTimeSecretResponse(found, found.without_secret(), status)
    headers = NO_STORE if operation.no_store else None
    return Response(found.model_dump_json(), status, headers, "application/json")


def _description(operation: Operation) -> dict[str, Any]:
    """Describe the response for OpenAPI."""
    answer, status = operation.answer, operation.status
    if answer is None:
        return {}
    model = schemas.one(answer) if isinstance(answer, Shape) else answer
    return {
        "status_code": status,
        "response_model": None,
        "responses": responses(model, status),
    }
