"""Build, authorize and run every read: in one statement, within the actor's scope."""

import asyncio
from collections.abc import Iterable, Mapping
from hashlib import blake2b
from typing import Any, cast

from app.db.query.compiler import (
    ACTOR_PERMISSIONS,
    ACTOR_SESSION,
    ACTOR_SUBJECT,
    ACTOR_UNIT,
    SESSION_VERSION,
)
from app.db.query.cursor import cursor_values
from app.db.query.executor import DatabaseUnavailable, Executor
from app.db.query.selection import (
    FIELD_BYTES,
    AnyQuery,
    Kind,
    Query,
    SelectedField,
    UnionQuery,
    estimate_bytes,
)
from app.db.query.shape import Shape
from app.db.query.statement import SESSION_ENDED, Statement, object_statement, value_statement
from app.db.query.unknown import find_unknown
from app.domain.actor import Actor
from app.domain.ended_unit_queries import READ_ENDED, explain_ended
from app.domain.errors import (
    BothEnds,
    DomainError,
    NotACursor,
    NotFound,
    Unavailable,
)
from app.domain.filter_values import (
    UnknownNamed,
    check_id,
    check_value,
    parse_filter,
    refuse_unknown,
)
from app.domain.query_cost import Values, check_cost
from app.domain.read_audit import build_read_audit
from app.domain.read_permissions import authorize, authorize_read

LARGE = 50 * FIELD_BYTES  # a statement that takes milliseconds to compile
COMPILING = asyncio.Semaphore(1)


def build_query(
    shape: Shape,
    kind: Kind,
    picks: tuple[SelectedField, ...],
    arguments: Mapping[str, Any],
    filters: Mapping[tuple[str, str], Any] | None = None,
    *,
    key: str = "",
    enum_names: bool = False,
) -> tuple[Query, Values]:
    """Split a request into its form, which is compiled once, and its values."""
    values: Values = {
        name: check_id(value) if name == "id" else value
        for name, value in arguments.items()
        if value is not None
    }
    filters = dict(filters or {})
    backward = _reverse_page(values) if kind is Kind.PAGE else False
    order = str(values.pop("order", "") or shape.default_order)
    read = Query(
        shape,
        kind,
        picks,
        key,
        tuple(sorted(filters)),
        order,
        starts="after" in values,
        ends="before" in values,
        backward=backward,
        enum_names=enum_names,
    )
    values |= {
        ".".join(which): parse_filter(shape, which, value) for which, value in filters.items()
    }
    if kind is Kind.PAGE:
        _bind_cursors(read, values)
    for name, term in shape.terms.items():
        values[name] = check_value(name, values[name]) if name in values else term.default()
    values = {read.value(name): value for name, value in values.items()}
    check_cost(read, values)
    return read, values


def _reverse_page(values: Values) -> bool:
    """Return whether a page is read from its end; `last` then stands for `first`."""
    if "last" not in values:
        return False
    if "first" in values:
        raise BothEnds()
    values["first"] = values.pop("last")
    return True


def _bind_cursors(read: Query, values: Values) -> None:
    """Bind the cursors to the query that made them."""
    sides = {side: values.pop(side) for side in ("after", "before") if side in values}
    same = {n: str(value) for n, value in values.items() if "." in n or n in read.shape.terms}
    text = repr((read.shape.name, read.order, sorted(same.items())))
    values["mark"] = mark = blake2b(text.encode(), digest_size=6).hexdigest()
    for side, cursor in sides.items():
        try:
            values |= cursor_values(read, str(cursor), mark, side)
        except ValueError as error:
            raise NotACursor(name=side) from error


async def read_value(
    fetcher: Executor, actor: Actor, read: AnyQuery, values: Values
) -> bytes | None:
    """Answer one query as JSON; None when a single row is missing, or not the actor's."""
    await authorize_read(fetcher, actor, read, values)
    statement = await _load_statement(value_statement, read, actor.level, (read,))
    found = await _fetch(fetcher, statement, actor, values)
    if unknown := find_unknown(found):
        raise refuse_unknown(unknown, (read,), values).refusal
    return found


def id_of(shape: Shape, id: object) -> Any:
    """An id that cannot be one stands for a row that nobody has; permission comes before that."""
    try:
        return shape.id_type(str(id))
    except ValueError:
        return shape.id_type(int=0)


async def require_visible(fetcher: Executor, actor: Actor, shape: Shape, id: object) -> None:
    """Refuse unless the row of an id is among those that the actor sees."""
    picks = (SelectedField("id", "id"),)
    read, values = build_query(shape, Kind.ONE, picks, {"id": id})
    if await read_value(fetcher, actor, read, values) is None:
        raise NotFound(kind=shape.name)


async def read_object(
    fetcher: Executor, actor: Actor, queries: tuple[AnyQuery, ...], values: Values
) -> bytes:
    """Answer several queries of one moment as one JSON object; raise UnknownNamed."""
    for query in queries:
        authorize(actor, query)
    statement = await _load_statement(object_statement, queries, actor.level, queries)
    found = await _fetch(fetcher, statement, actor, values)
    assert found is not None
    if unknown := find_unknown(found):
        raise refuse_unknown(unknown, queries, values)
    return found


async def _load_statement(
    compile_statement: Any, query: Any, level: str, queries: Iterable[AnyQuery]
) -> Statement:
    """Load a statement; a new and large one is compiled in a thread, one at a time."""
    found: Statement | None = compile_statement.cache.get((query, level))
    if found is None and estimate_bytes(queries) > LARGE:
        async with COMPILING:
            found = await asyncio.to_thread(compile_statement, query, level)
    return found or cast(Statement, compile_statement(query, level))


async def _fetch(
    fetcher: Executor, statement: Statement, actor: Actor, values: Values
) -> bytes | None:
    account = build_read_audit(actor, statement, values) if statement.sensitive else None
    values |= {
        ACTOR_UNIT: actor.unit_id,
        ACTOR_SESSION: actor.session,
        SESSION_VERSION: actor.session_version,
        ACTOR_SUBJECT: actor.subject,
        ACTOR_PERMISSIONS: actor.permissions,
    }
    try:
        if account:
            found = await fetcher.fetch_audited(statement, values, account)
        else:
            found = await fetcher.fetch(statement, values)
    except DatabaseUnavailable as error:
        raise Unavailable() from error
    if found == SESSION_ENDED:
        raise await _refuse_session(fetcher, values)
    return found


async def _refuse_session(fetcher: Executor, values: Values) -> DomainError:
    """Return why a session does not hold: its unit has ended, or it is simply over."""
    try:
        return explain_ended(await fetcher.fetch(READ_ENDED, values))
    except DatabaseUnavailable as error:
        raise Unavailable() from error


__all__ = [
    "UnionQuery", "UnknownNamed", "build_query", "id_of", "read_object",
    "read_value", "require_visible",
]  # fmt: skip
