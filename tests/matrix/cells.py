"""One cell: somebody asks for something at a layer, and what kind of answer that is."""

from dataclasses import dataclass
from functools import cache
from typing import Any, cast
from uuid import UUID

import httpx
from graphql import (
    GraphQLEnumType,
    GraphQLField,
    GraphQLInputObjectType,
    GraphQLObjectType,
    get_named_type,
)

from app.api.graphql.schema import build_schema
from app.domain.actor import Permission, Role
from tests.application import Caller
from tests.matrix.features import RECIPES
from tests.matrix.oracle import GOOD, OPEN, Line
from tests.matrix.recipe import About, Request
from tests.matrix.scenario import STANDS, Scenario

SCHEMA = build_schema()._schema
MAX_ROWS = 100


@dataclass(frozen=True)
class Cell:
    """An operation at a layer, requested by somebody in some roles who stands somewhere."""

    line: Line
    layer: str
    roles: frozenset[Role]
    relation: str
    scope: frozenset[Permission] | None = None  # the narrowed scope of the token

    @property
    def oracle(self) -> str:
        return (
            "403" if self.scope is not None else self.line.expected_kind(self.roles, self.relation)
        )

    @property
    def expected_kind(self) -> str:
        """The word of the oracle; or, where that is not decided yet, what the product does."""
        undecided = OPEN.get((*self.line.key, self.relation))
        if undecided is None or self.scope is not None or not self.roles & self.line.may:
            return self.oracle
        return undecided[1]

    @property
    def is_open(self) -> bool:
        return self.expected_kind != self.oracle

    def __str__(self) -> str:
        who = "+".join(sorted(self.roles)) or "nobody"
        name = f"{self.layer} {self.line.name} {self.line.case}".strip()
        return f"{name}: {who}, {self.relation}" + (", narrowed" if self.scope is not None else "")


@dataclass(frozen=True)
class Outcome:
    """The kind of an answer, with the code of a refusal and the ids in a list."""

    kind: str
    code: str = ""
    ids: tuple[str, ...] = ()
    total: int = 0


@dataclass(frozen=True)
class PreparedRequest:
    """A cell ready to be sent: the caller and the request."""

    who: Caller
    about: About
    request: Request
    cell: Cell

    @property
    def path(self) -> str:
        return self.cell.line.rest.split()[1].format(**self.request.path)

    def send(self, who: Caller | None = None, path: str = "", **headers: str) -> httpx.Response:
        """Send it over REST, as another caller or to another path where given."""
        how = _build_options(self.cell, self.request)
        how["headers"] |= {name.replace("_", "-"): value for name, value in headers.items()}
        method = self.cell.line.rest.split()[0]
        return (who or self.who).send(method, path or self.path, **how)

    def query(self, wanted: str) -> Any:
        """Send it over GraphQL, and return the row of the response."""
        word, name = self.cell.line.graphql.split()
        pool = _pool(self.request, word, name)
        answer = self.who.ask(_document(word, name, tuple(pool), wanted), **pool)
        assert "errors" not in answer, answer
        return answer["data"][name]

    def refusal(self, layer: str) -> str:
        """Send it at a layer, and return the status and code of the refusal, or `ok`."""
        answer = _rest if layer == "REST" else _graphql
        return answer(self.who, self.cell, self.request, self.about).kind


def prepare(scenario: Scenario, cell: Cell) -> PreparedRequest:
    """Prepare a cell with the row that it concerns."""
    about, subject = _about(scenario, cell)
    who = scenario.caller(cell.roles, cell.relation, subject, cell.scope)
    return PreparedRequest(who, about, compose_request(about), cell)


def ask(scenario: Scenario, cell: Cell, caller: Caller | None = None) -> Outcome:
    """Send the request of a cell; by somebody with their own token unless a caller is given."""
    prepared = prepare(scenario, cell)
    who = caller or prepared.who
    if cell.layer == "REST":
        return _rest(who, cell, prepared.request, prepared.about)
    return _graphql(who, cell, prepared.request, prepared.about)


def compose_request(about: About) -> Request:
    """Compose the request of an operation; a plain read needs no recipe."""
    if recipe := RECIPES.get(about.line.name):
        return recipe(about)
    named = {"id": about.target_id} if about.one else {}
    return Request(named, {"expand": "transitions"} if about.line.case == "with its steps" else {})


def _about(scenario: Scenario, cell: Cell) -> tuple[About, str]:
    """Choose the target of a request and its subject: mostly somebody without an account."""
    done = cell.expected_kind in GOOD
    path, unit = STANDS[cell.relation][1], scenario.country[STANDS[cell.relation][1]]
    # what only a rule holds back is made for this once: a fault may let it happen
    held_back = cell.expected_kind == "403" and bool(cell.roles & cell.line.may)
    fresh = (done or held_back) and not cell.line.name.startswith("GET")
    if cell.relation != "himself":
        thing = scenario.thing(cell.line.about, path, fresh=fresh)
        return About(scenario, cell.line, thing, unit, done), "somebody"
    me: UUID = scenario.thing("himself", path, fresh=fresh)
    thing = (scenario.own_grant(me), me) if "grants/" in cell.line.name else me
    return About(scenario, cell.line, thing, unit, done), str(me)


def _rest(who: Caller, cell: Cell, request: Request, about: About) -> Outcome:
    method, path = cell.line.rest.split()
    how, ids = _build_options(cell, request), list[str]()
    while True:
        answer = who.send(method, path.format(**request.path), **how)
        body = answer.json()
        if answer.status_code >= 300:
            return _refusal(answer.status_code, body)
        if not _is_list(cell.line):
            return Outcome("ok")
        ids += [row["id"] for row in body["items"]]
        if not body["next"]:
            return _make_list_outcome(ids, body["total"], about)
        how["params"] |= {"cursor": body["next"]}


def _build_options(cell: Cell, request: Request) -> dict[str, Any]:
    """Build what goes along with a request: the version that was seen, terms, and a body."""
    headers = {"if-match": '"1"'} if request.versioned else {}
    page = {"limit": MAX_ROWS, "total": "exact"} if _is_list(cell.line) else {}
    how: dict[str, Any] = {"headers": headers, "params": request.terms | request.where | page}
    if request.rows:
        headers["content-type"] = "text/csv"
        return how | {"content": _table(request.rows).encode()}
    return how | ({} if request.data is None else {"json": request.data})


def _graphql(who: Caller, cell: Cell, request: Request, about: About) -> Outcome:
    word, name = cell.line.graphql.split()
    pool, more = _pool(request, word, name), " transitions { action }"
    wanted = _select_fields(_field(word, name), more if cell.line.case == "with its steps" else "")
    question, ids = _document(word, name, tuple(pool), wanted), list[str]()
    while True:
        answer = who.query(question, **pool)
        body = answer.json()
        if refused := _find_refusal(answer.status_code, body):
            return refused
        found = body["data"][name]
        if found is None:
            return Outcome("404" if word == "query" else "null without a reason")
        if not _is_list(cell.line):
            return Outcome("ok")
        ids += [row["id"] for row in found["nodes"]]
        if not found["pageInfo"]["hasNextPage"]:
            return _make_list_outcome(ids, found["totalCount"], about)
        pool |= {"after": found["pageInfo"]["endCursor"]}


def _pool(request: Request, word: str, name: str) -> dict[str, Any]:
    """List the values for the arguments of a root field."""
    field = _field(word, name)
    named = {_camel(n): value for n, value in (request.path | request.terms).items()}
    pool = {n: _spelt(value, field.args[n].type) if n in field.args else value
            for n, value in named.items()}  # fmt: skip
    pool |= _data(request, field)
    return pool | {
        "expectedVersion": 1, "first": MAX_ROWS, "after": None, "options": {"dryRun": False},
    }  # fmt: skip


def _find_refusal(status: int, body: Any) -> Outcome | None:
    """Find what GraphQL refuses, as a whole or in its one root field."""
    if status != 200:
        return _refusal(status, body)
    for fault in body.get("errors", ()):
        extensions = fault.get("extensions", {})
        return _refusal(extensions.get("status", fault["message"]), extensions)
    return None


def _refusal(status: Any, body: Any) -> Outcome:
    """Name 401, 403 and 404 as they are, and anything else by its code."""
    code = body.get("code", "")
    if code in ("rows_invalid", "teams_refused", "models_refused") and _rows_are_not_there(body):
        return Outcome("404", code)
    return Outcome(str(status) if status in (401, 403, 404) else f"{status} {code}", code)


def _rows_are_not_there(body: Any) -> bool:
    """A table is refused row by row: each names a unit that is not among the asker's."""
    faults = body["result"]["faults"] if "result" in body else body["errors"]
    return all(fault["code"] == "unit_not_found" for fault in faults)


def _make_list_outcome(ids: list[str], total: int, about: About) -> Outcome:
    there = about.target_id in ids
    return Outcome("listed" if there else "none", ids=tuple(ids), total=total)


def _is_list(line: Line) -> bool:
    return "listed" in line.answers.values()


def _table(rows: Any) -> str:
    heads = list(rows[0])
    return "\n".join([",".join(heads), *(",".join(map(str, row.values())) for row in rows)])


def _data(request: Request, field: GraphQLField) -> dict[str, Any]:
    data = request.data[request.bare] if request.data and request.bare else request.data
    given = (
        {"where": {_camel(n): {"eq": v} for n, v in request.where.items()}} if request.where else {}
    )
    for name, value in (("data", data), ("rows", list(request.rows) or None)):
        if value is not None and name in field.args:
            given[name] = _spelt(value, field.args[name].type)
    return given


def _spelt(value: Any, kind: Any) -> Any:
    """A value as its type in GraphQL has it: names in camel case, choices in capitals."""
    kind = get_named_type(kind)
    if isinstance(value, list):
        return [_spelt(part, kind) for part in value]
    if isinstance(kind, GraphQLEnumType):
        return value.upper()
    if not isinstance(kind, GraphQLInputObjectType):
        return value
    return {_camel(n): _spelt(part, kind.fields[_camel(n)].type) for n, part in value.items()}


def _camel(name: str) -> str:
    first, *more = name.split("_")
    return first + "".join(part.title() for part in more)


def _field(word: str, name: str) -> GraphQLField:
    root = cast(GraphQLObjectType, SCHEMA.query_type if word == "query" else SCHEMA.mutation_type)
    field: GraphQLField = root.fields[name]
    return field


@cache
def _document(word: str, name: str, pool: tuple[str, ...], wanted: str) -> str:
    """The question for a root field, with those arguments that there is something to say for."""
    field = _field(word, name)
    given = [argument for argument in field.args if argument in pool]
    kinds = ", ".join(f"${argument}: {field.args[argument].type}" for argument in given)
    values = ", ".join(f"{argument}: ${argument}" for argument in given)
    field_call = f"{name}({values})" if given else name
    head = f"{word}({kinds})" if given else word
    return f"{head} {{ {field_call} {wanted} }}"


def _select_fields(field: GraphQLField, more: str) -> str:
    kind = get_named_type(field.type)
    parts: Any = getattr(kind, "fields", {})
    if not parts:
        return ""
    if "nodes" in parts:
        return "{ totalCount nodes { id } pageInfo { hasNextPage endCursor } }"
    return f"{{ id{more} }}" if "id" in parts else "{ __typename }"
