"""From a question to one SQL statement, compiled once for each form and level."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, bindparam, case, func, literal_column, select
from sqlalchemy.dialects.postgresql import asyncpg

from app.db.ask import Kind, Question, Read
from app.db.marking import marked, sensitive_in
from app.db.page import page
from app.db.read import ACTOR_SESSION, SESSION_VERSION, TYPES, Writer, as_object
from app.db.shape import Shape
from app.db.tables.auth import AuthSession

DIALECT = asyncpg.dialect()  # type: ignore[no-untyped-call]
ENDED = b"0"  # what is answered, whatever was asked, to whose session has ended


@dataclass(frozen=True, slots=True)
class Statement:
    """SQL text and the order of its values; which shapes it reads that are accounted for."""

    sql: str
    names: tuple[str, ...]
    constants: Mapping[str, object]
    sensitive: tuple[Shape, ...] = ()

    def arguments(self, values: Mapping[str, object]) -> list[object]:
        return [values[n] if n in values else self.constants[n] for n in self.names]


@lru_cache(maxsize=1024)
def value_statement(question: Question, level: str) -> Statement:
    """A statement whose one value is the answer to one question."""
    return _compile(_while_it_lasts(_answer(marked(question), level)), (question,))


@lru_cache(maxsize=1024)
def object_statement(questions: tuple[Question, ...], level: str) -> Statement:
    """A statement whose one value holds the answers to several questions, each under its key."""
    answers = [_answer(marked(question), level).label(question.key) for question in questions]
    return _compile(_while_it_lasts(as_object(select(*answers))), questions)


def _while_it_lasts(answer: ColumnElement[Any]) -> Select[Any]:
    """The answer, if the session behind the token still holds: one round trip for both."""
    held = AuthSession.__table__  # type: ignore[attr-defined]
    holds = select(held.c.id).where(
        held.c.id == bindparam(ACTOR_SESSION, type_=TYPES[UUID]),
        held.c.version == bindparam(SESSION_VERSION, type_=TYPES[int]),
        held.c.ended_at.is_(None),
    )
    ended: ColumnElement[Any] = literal_column(f"'{ENDED.decode()}'::json")
    return select(case((holds.exists(), answer), else_=ended))


def _answer(question: Question, level: str) -> ColumnElement[Any]:
    if not isinstance(question, Read):
        return func.coalesce(*(_answer(read, level) for read in question.reads))
    writer = Writer(question, level)
    return page(writer) if question.kind is Kind.PAGE else writer.one()


def _compile(statement: Select[Any], questions: tuple[Question, ...]) -> Statement:
    done = statement.compile(dialect=DIALECT, compile_kwargs={"render_postcompile": True})
    given = {name: value for name, value in done.params.items() if value is not None}
    sensitive = dict.fromkeys(shape for asked in questions for shape in sensitive_in(asked))
    return Statement(done.string, tuple(done.positiontup or ()), given, tuple(sensitive))
