"""Send edge values to an operation at both API layers, and note what was answered."""

import json
from collections import Counter
from dataclasses import dataclass, field, replace
from random import Random
from typing import Any

import httpx

from tests.application import Caller
from tests.conformance.cases import Case
from tests.inputs.bodies import Place, encode, list_places, put
from tests.inputs.edges import ALL, HEADERS, RAW, choose
from tests.matrix import cells
from tests.matrix.cells import PreparedRequest, prepare
from tests.matrix.scenario import Scenario

MISSPELT = (KeyError, AttributeError, TypeError)  # what the recipe cannot spell in GraphQL


@dataclass
class Answers:
    """The statuses of all answers, and every request that was answered with a fault of ours."""

    counts: Counter[int] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)

    def note(self, what: str, answer: httpx.Response) -> None:
        """Note an answer; over GraphQL the code says that it is a fault of ours."""
        status = answer.status_code
        if answer.url.path == "/graphql" and b'"unexpected"' in answer.content:
            status = 500
        self.counts[status] += 1
        if status >= 500:
            self.faults.append(f"{status} {what[:300]}: {answer.text[:200]}")


def send_body_edges(
    scenario: Scenario, case: Case, dice: Random, most: int, found: Answers
) -> None:
    """Send edge values in every field of a body, each in an otherwise good request."""
    assert case.operation
    assert case.operation.body
    for place in list_places(case.operation.body):
        request = prepare(scenario, case.cell())
        for value in choose(dice, ALL, most):
            body = put(request.request.data or {}, place, value)
            found.note(f"{case} {place}={value!r}", send_rest(request, body))
            if case.line.graphql and case.line.graphql.startswith("mutation"):
                send_graphql(request, place, body, found, f"GraphQL {case} {place}={value!r}")


def send_rest(request: PreparedRequest, body: Any) -> httpx.Response:
    """Send a request with another body, to the letter."""
    how = cells._build_options(request.cell, replace(request.request, data=None, rows=()))
    how["headers"] |= {"content-type": "application/json"}
    method = request.cell.line.rest.split()[0]
    return request.who.send(method, request.path, content=encode(body), **how)


def send_graphql(
    request: PreparedRequest, place: Place, body: Any, found: Answers, what: str
) -> None:
    """Send the same over GraphQL, as far as it can be spelt there."""
    word, name = request.cell.line.graphql.split()
    try:
        pool = cells._pool(replace(request.request, data=body), word, name)
    except MISSPELT:
        return  # an object where GraphQL has a choice, and the like: never a variable of its type
    query = cells._document(
        word, name, tuple(pool), cells._select_fields(cells._field(word, name), "")
    )
    sent = json.dumps({"query": query, "variables": pool}).encode()
    headers = {"content-type": "application/json"}
    found.note(what, request.who.send("POST", "/graphql", content=sent, headers=headers))


def send_address_edges(
    who: Caller, path: str, names: list[str], dice: Random, most: int, found: Answers
) -> None:
    """Send edge values in every parameter of an address, and in each part of its path."""
    *above, last = path.split("/")
    for value in choose(dice, RAW, most):
        address = (
            "/".join([*above[:-1], value, last]) if last.isalpha() else "/".join([*above, value])
        )
        found.note(address, who.send("GET", address))
    for name in names:
        for value in choose(dice, RAW, most):
            address = f"{path}?{name}={value}"
            found.note(address, who.send("GET", address))


def send_header_edges(who: Caller, method: str, path: str, body: Any, found: Answers) -> None:
    """Send edge values in every header that is read."""
    for name, values in HEADERS.items():
        for value in values:
            headers = {"content-type": "application/json", name: value.encode()}
            answer = who.send(method, path, content=encode(body), headers=headers)
            found.note(f"{method} {path} {name}: {value!r}", answer)
