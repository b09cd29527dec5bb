"""Root fields that act: one transaction each, and once under an Idempotency-Key."""

from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

import orjson
import strawberry
from pydantic import TypeAdapter

from app.api.graphql.context import Info
from app.api.graphql.fields import read_root
from app.db.query.executor import SessionExecutor
from app.db.query.selection import Kind
from app.db.query.shape import Shape
from app.db.session import Session
from app.domain.actor import Actor
from app.domain.records import idempotency
from app.domain.records.idempotency import Key, StoredResponse

T = TypeVar("T")
Act = Callable[[Session, Actor], Awaitable[T]]


async def run_mutation(info: Info, shape: Shape, act: Act[Any]) -> Any:
    """Act in one transaction; the row is read inside it, as the caller selected it."""

    async def answer(session: Session, actor: Actor) -> bytes:
        reads, id = (Kind.ONE, (shape,)), await act(session, actor)
        return orjson.dumps(await read_root(info, SessionExecutor(session), reads, {"id": id}, {}))

    return orjson.loads(await _run_once(info, answer))


async def run_command(
    info: Info, kind: Any, act: Act[T], without_secret: Callable[[T], T] = lambda found: found
) -> T:
    """Act in one transaction and return its result; a part of it may be shown only once."""
    form: TypeAdapter[T] = TypeAdapter(kind)

    async def answer(session: Session, actor: Actor) -> bytes:
        return form.dump_json(await act(session, actor))

    def without(body: bytes) -> bytes:
        return form.dump_json(without_secret(form.validate_json(body)))

    return form.validate_json(await _run_once(info, answer, without))


def set_fields(data: Any) -> dict[str, Any]:
    """Return the fields that an input sets, without those left out."""
    return {name: value for name, value in vars(data).items() if value is not strawberry.UNSET}


async def _run_once(
    info: Info, answer: Act[bytes], to_stored: Callable[[bytes], bytes] = lambda body: body
) -> bytes:
    """Under an Idempotency-Key each root field of a request acts once, and answers ever after."""
    actor, request = info.context.actor, info.context.asked_by
    async with info.context.app_state.writing(actor) as session:
        key = request.headers.get("idempotency-key")
        if key is None:
            return await answer(session, actor)
        this = Key.of(actor, key, await request.body(), at=str(info.path.key))
        if before := await idempotency.get(session, this):
            return before.body
        body = await answer(session, actor)
        await idempotency.store(session, this, StoredResponse(200, {}, to_stored(body)))
        return body
