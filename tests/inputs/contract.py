"""Requests made at random from the contract, by schema and against it."""

from collections.abc import Iterable
from random import Random
from typing import Any

from app.domain.actor import Role
from tests.application import Caller
from tests.conformance.cases import ALL as ALL_CASES
from tests.conformance.cases import Case
from tests.inputs.bodies import encode
from tests.inputs.edges import ALL, RAW
from tests.inputs.senders import Answers
from tests.matrix.cells import prepare
from tests.matrix.scenario import Scenario

JSON, FORM = "application/json", "application/x-www-form-urlencoded"
GRANTS = ("authorization_code", "refresh_token", "client_credentials", "%00", "x")
MAX_DEPTH = 4
WILD = 0.25  # how often a value has nothing to do with its schema


def send_at_random(
    scenario: Scenario, case: Case, roles: Iterable[Role], dice: Random, most: int, found: Answers
) -> None:
    """Send requests of one operation in each of these roles."""
    document: dict[str, Any] = scenario.application.app.openapi()
    request = prepare(scenario, case.cell())
    for role in roles:
        who = scenario.caller(frozenset({role}), request.cell.relation)
        _send(who, document, case.name, request.path, dice, most, found)


def send_without_token(scenario: Scenario, dice: Random, most: int, found: Answers) -> None:
    """Send requests of every operation that is no feature's: informants, sign-in, the server."""
    document: dict[str, Any] = scenario.application.app.openapi()
    declared = {case.name for case in ALL_CASES}
    for path, methods in document["paths"].items():
        for method in methods:
            name = f"{method.upper()} {path}"
            if name not in declared:
                _send(scenario.application.nobody, document, name, path, dice, most, found)


def _send(
    who: Caller, document: dict[str, Any], name: str, path: str, dice: Random, most: int,
    found: Answers,
) -> None:  # fmt: skip
    method, template = name.split()
    operation = document["paths"][template][method.lower()]
    for _ in range(most):
        address = path + _query(operation, dice)
        kind, body = _body(document, operation, dice)
        headers = {"content-type": kind, "if-match": dice.choice(TAGS)}
        answer = who.send(method, address, content=body, headers=headers)
        found.note(f"{method} {address} {body[:200]!r}", answer)


TAGS = ('"1"', 'W/"1-ab"', '"2"', "*", '"x"')


def _query(operation: dict[str, Any], dice: Random) -> str:
    named = [one["name"] for one in operation.get("parameters", ()) if one["in"] == "query"]
    chosen = dice.sample(named, min(len(named), dice.randrange(4)))
    return "?" + "&".join(f"{name}={dice.choice(RAW)}" for name in chosen) if chosen else ""


def _body(document: dict[str, Any], operation: dict[str, Any], dice: Random) -> tuple[str, bytes]:
    """Make a body of the media type that the operation takes."""
    content = operation.get("requestBody", {}).get("content", {})
    if JSON in content:
        return JSON, encode(make_value(document, content[JSON]["schema"], dice))
    if FORM not in content:
        return next(iter(content), JSON), dice.choice(RAW).encode() if content else b""
    schema = content[FORM]["schema"]
    if "$ref" in schema:
        schema = document["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
    names = schema.get("properties", {})
    return FORM, "&".join(f"{name}={_field(name, dice)}" for name in names).encode()


def _field(name: str, dice: Random) -> str:
    """Make a field of a form: the grants are those that are known, else it ends with them."""
    return dice.choice(GRANTS) if name == "grant_type" else dice.choice(RAW)


def make_value(
    document: dict[str, Any], schema: dict[str, Any], dice: Random, depth: int = 0
) -> Any:
    """Make a value of a schema, or now and then one of no schema at all."""
    if "$ref" in schema:
        schema = document["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
    if dice.random() < WILD / (depth + 1) or depth > MAX_DEPTH:
        return dice.choice(ALL)
    if "anyOf" in schema:
        return make_value(document, dice.choice(schema["anyOf"]), dice, depth)
    if "enum" in schema:
        return dice.choice(schema["enum"])
    match schema.get("type"):
        case "object":
            return _object(document, schema, dice, depth)
        case "array":
            items = range(dice.randrange(4))
            return [make_value(document, schema.get("items", {}), dice, depth + 1) for _ in items]
        case "integer" | "number":
            return dice.randint(int(schema.get("minimum", 0)), int(schema.get("maximum", 9_999)))
        case "boolean":
            return dice.random() < 0.5
        case "null":
            return None
    return _text(schema, dice)


def _object(document: dict[str, Any], schema: dict[str, Any], dice: Random, depth: int) -> Any:
    needed = schema.get("required", ())
    return {
        name: make_value(document, part, dice, depth + 1)
        for name, part in schema.get("properties", {}).items()
        if name in needed or dice.random() < 0.5
    }


def _text(schema: dict[str, Any], dice: Random) -> str:
    plain = {"uuid": "0193c1e0-7a40-7c0e-9d7b-3f1f6f3a2b11", "date": "2025-07-01",
             "date-time": "2025-07-01T08:00:00+07:00"}  # fmt: skip
    return plain.get(schema.get("format", ""), "x" * dice.randint(1, schema.get("maxLength", 40)))
