"""Root fields derived from what the features declare."""

from collections.abc import Awaitable, Callable
from typing import Any, cast

import strawberry
from pydantic import BaseModel

from app.api.deps import find_contexts
from app.api.graphql.context import Info
from app.api.graphql.fields import OPERATION, read_one, read_page
from app.api.graphql.filters import says_null
from app.api.graphql.mutations import run_command, run_mutation
from app.api.graphql.pydantic_types import derive_output_type, parse_argument, parse_input
from app.api.graphql.signatures import (
    UNSEEN,
    derive_resolver_signature,
    derive_return_type,
    name_argument,
)
from app.db.query.shape import Shape
from app.db.session import Session
from app.domain.actor import Actor
from app.domain.errors import NullFilter
from app.domain.operations import Operation, Source
from app.domain.records.map_locks import retry_while_map_changes
from app.domain.records.schemas import OneTimeSecret
from app.domain.resources import Resource

Act = Callable[[Session, Actor], Awaitable[Any]]


def derive_read_fields(resource: Resource) -> dict[str, Any]:
    """The two reads every resource has: one row, and a page of rows."""
    shape, one, many = resource.shape, resource.row_name, resource.list_name
    return {
        one: read_one(shape, _noun(resource.one)),
        many: read_page(shape, _noun(resource.many)),
    }


def derive_field(operation: Operation) -> Any:
    """A root field that does what the service function does, and answers as it is declared."""

    contexts = find_contexts(operation)

    async def resolve(self: Any, info: Info, **given: Any) -> Any:
        arguments = {name: get(info.context.app_state) for name, get in contexts.items()}
        _refuse_null(info, operation)
        return await _answer(info, operation, arguments | _arguments(operation, given))

    changed: Any = resolve
    changed.__name__ = operation.public_name
    changed.__signature__ = made = derive_resolver_signature(operation)
    changed.__annotations__ = {
        one.name: one.annotation for one in made.parameters.values() if one.name != "self"
    } | {"return": made.return_annotation}
    return make_field(operation, resolve)


def make_field(operation: Operation, resolver: Callable[..., Any]) -> Any:
    """Make the root field of a resolver; it carries the declaration for the permission check."""
    if isinstance(operation.answer, Shape):
        resolver.__annotations__["return"] = derive_return_type(operation)
    doc = (operation.function.__doc__ or "").split("\n")[0]
    return strawberry.field(resolver, description=doc, metadata={OPERATION: operation})


def _arguments(operation: Operation, given: dict[str, Any]) -> dict[str, Any]:
    """Return the caller's arguments as the service function takes them."""
    found: dict[str, Any] = {}
    for one in operation.inputs:
        if one.source not in UNSEEN:
            value = given[name_argument(one)]
            is_body = one.source is Source.BODY
            found[one.name] = parse_input(value) if is_body else parse_argument(one, value)
    return found


def _refuse_null(info: Info, operation: Operation) -> None:
    """Refuse a unit that is null, or that its variable leaves open: it would be the country."""
    node, variables = info._raw_info.field_nodes[0], info.variable_values
    arguments = {one.name for one in operation.inputs if one.source is Source.ARGUMENT}
    if "unit" in arguments and says_null(node, "unit", variables):
        raise NullFilter("unit")


async def _answer(info: Info, operation: Operation, arguments: dict[str, Any]) -> Any:
    """Act for one root field; a few of a request at a time, so that it leaves others their turn."""
    async with info.context.at_once:
        return await _act(info, operation, arguments)


async def _act(info: Info, operation: Operation, arguments: dict[str, Any]) -> Any:
    answer, function = operation.answer, operation.function
    first = operation.inputs[0]

    async def act(session: Session, actor: Actor) -> Any:
        return await function(session, actor, **arguments)

    if first.source is not Source.SESSION:
        found = await function(arguments.pop(first.name), info.context.actor, **arguments)
    elif isinstance(answer, Shape):
        return await run_mutation(info, answer, act)
    elif operation.idempotent:
        found = await run_command(info, answer, act, _without_secret)
    else:
        found = await _run(info, operation, act)
    return derive_output_type(cast(type[BaseModel], answer)).from_pydantic(found)


async def _run(info: Info, operation: Operation, act: Act) -> Any:
    """Act in one transaction, every time."""
    app_state, actor = info.context.app_state, info.context.actor

    async def attempt() -> Any:
        async with (
            app_state.writing(actor) if operation.writes else app_state.reading(actor) as session
        ):
            return await act(session, actor)

    return await retry_while_map_changes(attempt)


def _without_secret(found: Any) -> Any:
    return found.without_secret() if isinstance(found, OneTimeSecret) else found


def _noun(summary: str) -> str:
    """`Read one team.` -> `One team.`"""
    verb, _, rest = summary.partition(" ")
    return rest[:1].upper() + rest[1:] if verb in ("Read", "List") else summary
