"""Root fields that act: one transaction each, and once under an Idempotency-Key."""

from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

import orjson
import strawberry
from graphql.execution.values import VariableValues
from pydantic import TypeAdapter

from app.api.graphql.context import Info
from app.api.graphql.fields import OPERATION, read_root
from app.api.graphql.selection import arguments_of
from app.db.query.executor import SessionExecutor
from app.db.query.selection import Kind
from app.db.query.shape import Shape
from app.db.session import Session
from app.domain.actor import Actor
from app.domain.errors import NotFound
from app.domain.operations import Operation
from app.domain.query import id_of
from app.domain.records import idempotency
from app.domain.records.idempotency import Key, StoredAnswer, StoredResponse
from app.domain.records.map_locks import retry_while_map_changes
from app.domain.replays import require_permission, require_target

T = TypeVar("T")
Act = Callable[[Session, Actor], Awaitable[T]]
Stored = tuple[bytes, dict[str, str]]  # an answer, and what its replay has to know
Check = Callable[[Session, Actor, StoredResponse], Awaitable[None]]
ROW = "row"  # the id of the row that was answered, which the caller may not have selected


async def run_mutation(info: Info, shape: Shape, act: Act[Any]) -> Any:
    """Act in one transaction; the row is read inside it, as the caller selected it."""

    async def read(session: Session, id: Any) -> Any:
        return await read_root(info, SessionExecutor(session), (Kind.ONE, (shape,)), {"id": id}, {})

    async def answer(session: Session, actor: Actor) -> Stored:
        id = await act(session, actor)
        return orjson.dumps(await read(session, id)), {ROW: str(id)}

    async def check(session: Session, actor: Actor, before: StoredResponse) -> None:
        id = before.headers.get(ROW)  # absent in answers that an earlier version has stored
        if id is None or await read(session, id_of(shape, id)) is None:
            raise NotFound(kind=shape.name)

    return orjson.loads(await _run_once(info, answer, check))


async def run_command(
    info: Info, kind: Any, act: Act[T], without_secret: Callable[[T], T] = lambda found: found
) -> T:
    """Act in one transaction and return its result; a part of it may be shown only once."""
    form: TypeAdapter[T] = TypeAdapter(kind)

    async def answer(session: Session, actor: Actor) -> Stored:
        return form.dump_json(await act(session, actor)), {}

    async def check(session: Session, actor: Actor, before: StoredResponse) -> None:
        await require_target(session, actor, _operation(info), _arguments(info))

    def without(body: bytes) -> bytes:
        return form.dump_json(without_secret(form.validate_json(body)))

    return form.validate_json(await _run_once(info, answer, check, without))


def set_fields(data: Any) -> dict[str, Any]:
    """Return the fields that an input sets, without those left out."""
    return {name: value for name, value in vars(data).items() if value is not strawberry.UNSET}


async def _run_once(
    info: Info, answer: Act[Stored], check: Check,
    to_stored: Callable[[bytes], bytes] = lambda body: body,
) -> bytes:  # fmt: skip
    """Under an Idempotency-Key each root field of a request acts once, and answers ever after."""
    actor = info.context.actor
    require_permission(actor, _operation(info))

    async def attempt() -> bytes:
        async with info.context.app_state.writing(actor) as session:
            return await _run(session, info, answer, check, to_stored)

    return await retry_while_map_changes(attempt)


async def _run(
    session: Session, info: Info, answer: Act[Stored], check: Check,
    to_stored: Callable[[bytes], bytes],
) -> bytes:  # fmt: skip
    actor, request = info.context.actor, info.context.asked_by
    key = request.headers.get("idempotency-key")
    if key is None:
        return (await answer(session, actor))[0]
    this = Key.of(actor, key, await request.body(), at=str(info.path.key))
    await idempotency.claim(session, this)
    try:
        body, facts = await answer(session, actor)
    except StoredAnswer as stored:
        idempotency.begin_replay(session)
        await check(session, actor, stored.answer)
        return stored.answer.body
    idempotency.store(session, this, StoredResponse(200, facts, to_stored(body)))
    return body


def _operation(info: Info) -> Operation:
    """The declaration of the root field that is being answered."""
    raw = info._raw_info
    field = raw.parent_type.fields[raw.field_name].extensions["strawberry-definition"]
    found: Operation = field.metadata[OPERATION]
    return found


def _arguments(info: Info) -> dict[str, Any]:
    raw, variables = info._raw_info, VariableValues({}, info.variable_values)
    given, _ = arguments_of(raw.parent_type.fields[raw.field_name], raw.field_nodes[0], variables)
    return given
