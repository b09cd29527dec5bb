"""The GraphQL endpoint: the fast path where there is one, else the ordinary one."""

import asyncio
from collections.abc import Mapping
from typing import Any

import orjson
from fastapi import HTTPException, Request, Response
from graphql import GraphQLSchema, get_variable_values
from graphql.execution.values import VariableValues
from starlette.routing import WebSocketRoute
from strawberry import Schema
from strawberry.fastapi import GraphQLRouter
from strawberry.http import GraphQLRequestData

from app.api import pages
from app.api.graphql.context import Context, build_context
from app.api.graphql.document import DocumentCache, ParsedDocument
from app.api.graphql.fast_path import FastPath
from app.api.graphql.faults import MAX_FAULTS, DocumentFaults
from app.api.graphql.schema_reads import answer_schema_read, write_schema
from app.api.http_errors import BadRequest, WrongMediaType
from app.domain.errors import DomainError, Unauthenticated, Unavailable

ACCEPTED_TYPES = ("application/json",)
NO_STORE = {"cache-control": "no-store"}  # nobody between us and the caller needs a copy
OF_ALL: tuple[type[DomainError], ...] = (Unavailable, Unauthenticated)  # no field alone is refused
MARKS = {kind: f'"code":"{kind.code}"'.encode() for kind in OF_ALL}


class GraphQLEndpoint(GraphQLRouter[Context, None]):
    """Strawberry's own router, which first reads the document and looks for the short way."""

    def __init__(self, schema: Schema, *, bypass: bool = True) -> None:
        super().__init__(
            schema, path="/graphql", context_getter=build_context, allow_queries_via_get=False
        )
        self.routes = [one for one in self.routes if not isinstance(one, WebSocketRoute)]
        self.declared = schema
        self.documents = DocumentCache(schema._schema)
        self.bypass = FastPath(schema._schema) if bypass else None
        self.one_schema_read = asyncio.Semaphore(1)
        self.add_api_route("/graphql/schema.json", self.read_schema, methods=["GET"])

    async def read_schema(self) -> Response:
        """Read the whole schema as introspection gives it; tools need no token for it."""
        async with self.one_schema_read:
            whole = await asyncio.to_thread(write_schema, self.declared)
        return Response(
            whole, media_type="application/json", headers={"cache-control": "private, no-cache"}
        )

    async def run(self, request: Any, context: Any = None, root_value: Any = None) -> Any:
        if request.method != "POST":
            return _page(request)
        _ = context.actor  # nothing is read or parsed for anybody without a token
        query, name, given = _question(request.headers, await request.body())
        try:
            document = await self.documents.load(query, name)
        except DocumentFaults as found:
            return _json(orjson.dumps({"data": None, "errors": found.faults}), 400)
        try:
            variables = _variables(self.documents.schema, document, given)
        except DocumentFaults as found:
            return _json(orjson.dumps({"data": None, "errors": found.faults}), 200)
        context.document = document
        return await self._answer(request, context, document, variables)

    async def _answer(
        self, request: Any, context: Context, document: ParsedDocument, variables: VariableValues
    ) -> Response:
        if document.only_asks_of_the_schema:
            async with self.one_schema_read:
                return _json(await answer_schema_read(self.declared, document, variables), 200)
        found = await self.bypass.answer(context, document, variables) if self.bypass else None
        if found is None:
            answer = await super().run(request, context=context, root_value=None)
            found = bytes(answer.body)
        for kind, mark in MARKS.items():
            if mark in found and _is_refused_as(kind, found):
                raise kind()
        return _json(found, 200)

    async def parse_http_body(self, request: Any) -> GraphQLRequestData:
        """For the ordinary way: one question as `run` has read it, never a batch or a stream."""
        query, name, given = _question(request.headers, await request.get_body())
        return GraphQLRequestData(query, given, name, None)

    def encode_json(self, data: object) -> bytes:
        return orjson.dumps(data, default=str)  # the driver has ids of its own


def _page(request: Request) -> Response:
    """The page for people; a question that is not posted is refused."""
    accepted = request.headers.get("accept", "*/*")
    if "text/html" in accepted or ("*/*" in accepted and "query" not in request.query_params):
        return pages.graphiql()
    raise HTTPException(405, headers={"allow": "POST"})


def _question(headers: Mapping[str, str], content: bytes) -> tuple[str, str | None, dict[str, Any]]:
    given = headers.get("content-type", "").partition(";")[0].strip().lower()
    if given not in ACCEPTED_TYPES:
        raise WrongMediaType(
            given=given or "—", allowed=list(ACCEPTED_TYPES), _allowed=", ".join(ACCEPTED_TYPES)
        )
    try:
        body = orjson.loads(content)
    except orjson.JSONDecodeError as error:
        raise BadRequest() from error
    if isinstance(body, dict) and isinstance(query := body.get("query"), str):
        name, variables = body.get("operationName"), body.get("variables")
        known = isinstance(name, str | None) and isinstance(body.get("extensions"), dict | None)
        if known and isinstance(variables, dict | None):
            return query, name, variables or {}
    raise BadRequest()


def _variables(
    schema: GraphQLSchema, document: ParsedDocument, given: dict[str, Any]
) -> VariableValues:
    """The variables as the operation takes them, or the first faults in them."""
    wanted = document.node.variable_definitions or ()
    found = get_variable_values(schema, wanted, given, max_errors=MAX_FAULTS)
    if isinstance(found, list):
        raise DocumentFaults(found)
    return found


def _is_refused_as(kind: type[DomainError], found: bytes) -> bool:
    """Return whether all was refused; a row that only holds these words is not a refusal."""
    faults = orjson.loads(found).get("errors", ())
    return any(fault.get("extensions", {}).get("code") == kind.code for fault in faults)


def _json(body: bytes, status: int) -> Response:
    return Response(body, status, NO_STORE, "application/json")
