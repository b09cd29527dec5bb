"""Compile a query to one SQL statement, once for each form and level."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Select,
    Subquery,
    bindparam,
    case,
    func,
    literal_column,
    select,
    true,
    union_all,
)
from sqlalchemy.dialects.postgresql import asyncpg

from app.db.bounded_cache import MIB, cache_within
from app.db.query.compiler import ACTOR_SESSION, SESSION_VERSION, TYPES, QueryCompiler, as_object
from app.db.query.pagination import compile_page
from app.db.query.selection import AnyQuery, Kind, Query, estimate_bytes
from app.db.query.sensitive_ids import (
    ANSWER,
    as_array,
    join_ids,
    label_ids,
    one_with_ids,
    page_with_ids,
    sensitive_shapes,
)
from app.db.query.shape import Shape
from app.db.query.unknown import refuse_unknown
from app.db.tables.auth import AuthSession

DIALECT = asyncpg.dialect()  # type: ignore[no-untyped-call]
SESSION_ENDED = b"0"  # the response to any read when the session has ended


@dataclass(frozen=True, slots=True)
class Statement:
    """SQL text and the order of its values.

    Its first column is the JSON of the answer. For each sensitive shape that it reads follows a
    column with the ids of the rows in the answer: what the audit writes down.
    """

    sql: str
    names: tuple[str, ...]
    constants: Mapping[str, object]
    sensitive: tuple[Shape, ...] = ()

    def arguments(self, values: Mapping[str, object]) -> list[object]:
        return [values[n] if n in values else self.constants[n] for n in self.names]


def _size_of(key: tuple[Any, str], statement: Statement) -> int:
    asked, _ = key
    queries = asked if isinstance(asked, tuple) else (asked,)
    return estimate_bytes(queries) + 2 * len(statement.sql) + 100 * len(statement.names)


@cache_within(4 * MIB, _size_of)
def value_statement(question: AnyQuery, level: str) -> Statement:
    """Compile a statement whose first column is the result of one query."""
    if sensitive := sensitive_shapes(question):
        read = _with_ids(question, level, sensitive).subquery("read")
        answer = refuse_unknown(read.c[ANSWER], [question], level)
        return _compile_with_ids(answer, [read], sensitive)
    answer = refuse_unknown(_answer(question, level), [question], level)
    return _compile(select(_guard_session(answer)))


@cache_within(4 * MIB, _size_of)
def object_statement(questions: tuple[AnyQuery, ...], level: str) -> Statement:
    """Compile a statement whose first column holds the results of several queries by key."""
    sensitive = tuple(
        dict.fromkeys(shape for asked in questions for shape in sensitive_shapes(asked))
    )
    if not sensitive:
        answers = [_answer(question, level).label(question.key) for question in questions]
        whole = refuse_unknown(as_object(select(*answers)), questions, level)
        return _compile(select(_guard_session(whole)))
    reads = [
        _with_ids(question, level, sensitive).subquery(f"read_{n}")
        for n, question in enumerate(questions)
    ]
    keyed = zip(questions, reads, strict=True)
    answers = [read.c[ANSWER].label(question.key) for question, read in keyed]
    whole = refuse_unknown(as_object(select(*answers).correlate(*reads)), questions, level)
    return _compile_with_ids(whole, reads, sensitive)


def _compile_with_ids(
    answer: ColumnElement[Any], reads: Sequence[Subquery], sensitive: tuple[Shape, ...]
) -> Statement:
    """Select the result and a column of ids for each sensitive shape."""
    ids = [join_ids([read.c[f"ids_{n}"] for read in reads]) for n in range(len(sensitive))]
    found: Any = select(literal_column("1")).subquery("always")
    for read in reads:
        found = found.outerjoin(read, true())
    columns = (_guard_session(answer).label(ANSWER), *label_ids([as_array(some) for some in ids]))
    return _compile(select(*columns).select_from(found), sensitive)


def _guard_session(answer: ColumnElement[Any]) -> ColumnElement[Any]:
    """Select the result if the session behind the token is valid: one round trip for both."""
    held = AuthSession.__table__  # type: ignore[attr-defined]
    holds = select(held.c.id).where(
        held.c.id == bindparam(ACTOR_SESSION, type_=TYPES[UUID]),
        held.c.version == bindparam(SESSION_VERSION, type_=TYPES[int]),
        held.c.ended_at.is_(None),
    )
    ended: ColumnElement[Any] = literal_column(f"'{SESSION_ENDED.decode()}'::json")
    return case((holds.exists(), answer), else_=ended)


def _with_ids(question: AnyQuery, level: str, sensitive: tuple[Shape, ...]) -> Select[Any]:
    """Select at most one row: the result and its ids of each sensitive shape."""
    if isinstance(question, Query):
        writer = QueryCompiler(question, level)
        with_ids = page_with_ids if question.kind is Kind.PAGE else one_with_ids
        return with_ids(writer, sensitive)
    found = (_with_ids(read, level, sensitive).subquery() for read in question.reads)
    return select(union_all(*(select(read) for read in found)).limit(1).subquery())


def _answer(question: AnyQuery, level: str) -> ColumnElement[Any]:
    if not isinstance(question, Query):
        return func.coalesce(*(_answer(read, level) for read in question.reads))
    writer = QueryCompiler(question, level)
    return compile_page(writer) if question.kind is Kind.PAGE else writer.one()


def _compile(statement: Select[Any], sensitive: tuple[Shape, ...] = ()) -> Statement:
    done = statement.compile(dialect=DIALECT, compile_kwargs={"render_postcompile": True})
    given = {name: value for name, value in done.params.items() if value is not None}
    return Statement(done.string, tuple(done.positiontup or ()), given, sensitive)
