"""Every read passes here: permission first, then the actor's own rows, in one statement."""

from collections.abc import Iterator, Mapping
from functools import lru_cache
from hashlib import blake2b
from typing import Any

from app.db.query.compiler import ACTOR_SESSION, ACTOR_UNIT, SESSION_VERSION
from app.db.query.cursor import cursor_values
from app.db.query.executor import DatabaseUnavailable, Executor
from app.db.query.selection import AnyQuery, Kind, Query, SelectedField, UnionQuery
from app.db.query.shape import Shape
from app.db.query.statement import SESSION_ENDED, Statement, object_statement, value_statement
from app.domain.actor import Actor
from app.domain.errors import (
    BothEnds,
    FieldError,
    Forbidden,
    InvalidFields,
    NotACursor,
    OutOfBounds,
    TooManyRows,
    Unauthenticated,
    Unavailable,
)
from app.domain.read_audit import audit_of

Values = dict[str, object]
Weight = tuple[str | int, int, tuple["Weight", ...]]  # how many, at most, and what hangs on each
MAX_LIST = 100
MAX_ROWS = 5_000


def build_query(
    shape: Shape,
    kind: Kind,
    picks: tuple[SelectedField, ...],
    arguments: Mapping[str, Any],
    narrowed: Mapping[tuple[str, str], Any] | None = None,
    *,
    key: str = "",
    enum_names: bool = False,
) -> tuple[Query, Values]:
    """Part a question into its form, which is compiled once, and its values."""
    given: Values = {name: value for name, value in arguments.items() if value is not None}
    filters = {which: value for which, value in (narrowed or {}).items() if value is not None}
    backward = _reverse_page(given) if kind is Kind.PAGE else False
    order = str(given.pop("order", "") or shape.default_order)
    read = Query(
        shape,
        kind,
        picks,
        key,
        tuple(sorted(filters)),
        order,
        starts="after" in given,
        ends="before" in given,
        backward=backward,
        enum_names=enum_names,
    )
    given |= {
        ".".join(which): _parse_filter(shape, which[0], value) for which, value in filters.items()
    }
    if kind is Kind.PAGE:
        _bind_cursors(read, given)
    for name, term in shape.terms.items():
        given.setdefault(name, term.default())
    _check_text(given)
    values = {read.value(name): value for name, value in given.items()}
    check_cost(read, values)
    return read, values


def _check_text(given: Values) -> None:
    """Refuse text that holds what no text in the database can hold."""
    for name, value in given.items():
        texts = value if isinstance(value, list) else [value]
        if any(isinstance(text, str) and "\0" in text for text in texts):
            vi = "Văn bản không được chứa ký tự NUL."
            raise InvalidFields(FieldError(f"/{name}", "nul", "Text holds no NUL.", vi))


def _parse_filter(shape: Shape, name: str, value: Any) -> Any:
    reads = shape.filters[name].reads
    return reads(value) if reads else value


def _reverse_page(given: Values) -> bool:
    """Whether a page is read from its end; `last` then stands for `first`."""
    if "last" not in given:
        return False
    if "first" in given:
        raise BothEnds()
    given["first"] = given.pop("last")
    return True


def _bind_cursors(read: Query, given: Values) -> None:
    """Bind the cursors to the question that made them."""
    sides = {side: given.pop(side) for side in ("after", "before") if side in given}
    same = {n: str(value) for n, value in given.items() if "." in n or n in read.shape.terms}
    told = repr((read.shape.name, read.order, sorted(same.items())))
    given["mark"] = mark = blake2b(told.encode(), digest_size=6).hexdigest()
    for side, cursor in sides.items():
        try:
            given |= cursor_values(read, str(cursor), mark, side)
        except ValueError as error:
            raise NotACursor(name=side) from error


def authorize(actor: Actor, question: AnyQuery) -> None:
    """Refuse a read that names anything the actor's roles may not see."""
    reads = (question,) if isinstance(question, Query) else question.reads
    for permission in (needed for read in reads for needed in _needs(read)):
        if not actor.may(permission):
            raise Forbidden(permission=permission)


async def read_value(
    fetcher: Executor, actor: Actor, read: AnyQuery, values: Values
) -> bytes | None:
    """Answer one question as JSON; None when a single row is not there, or not the actor's."""
    authorize(actor, read)
    return await _fetch(fetcher, value_statement(read, actor.level), actor, values)


async def read_object(
    fetcher: Executor, actor: Actor, questions: tuple[AnyQuery, ...], values: Values
) -> bytes:
    """Answer several questions of one moment as one JSON object."""
    for question in questions:
        authorize(actor, question)
    found = await _fetch(fetcher, object_statement(questions, actor.level), actor, values)
    assert found is not None
    return found


async def _fetch(
    fetcher: Executor, statement: Statement, actor: Actor, values: Values
) -> bytes | None:
    account = audit_of(actor, statement, values) if statement.sensitive else None
    values |= {
        ACTOR_UNIT: actor.unit_id,
        ACTOR_SESSION: actor.session,
        SESSION_VERSION: actor.session_version,
    }
    try:
        if account:
            found = await fetcher.fetch_audited(statement, values, account)
        else:
            found = await fetcher.fetch(statement, values)
    except DatabaseUnavailable as error:
        raise Unavailable() from error
    if found == SESSION_ENDED:
        raise Unauthenticated()
    return found


@lru_cache(maxsize=1024)
def _needs(read: Query) -> tuple[str, ...]:
    shape = read.shape
    filters = (shape.filters[name].needs for name, _ in read.filters)
    found = [shape.needs, *filters, *_needs_of(shape, read.picks)]
    return tuple(dict.fromkeys(needs for needs in found if needs))


def _needs_of(shape: Shape, picks: tuple[SelectedField, ...]) -> Iterator[str | None]:
    for pick in picks:
        if link := shape.links.get(pick.name):
            yield link.needs
            yield link.to().needs
            yield from _needs_of(link.to(), pick.picks)
        elif field := shape.fields.get(pick.name):
            yield field.needs
        else:
            yield from _needs_of(shape, pick.picks)  # a part of a page: edges, node, page_info


@lru_cache(maxsize=1024)
def _weight(read: Query) -> Weight:
    many = 1 if read.kind is Kind.ONE else read.value("first")
    return many, MAX_LIST, _weights(read, read.shape, read.picks)


def _weights(read: Query, shape: Shape, picks: tuple[SelectedField, ...]) -> tuple[Weight, ...]:
    found: list[Weight] = []
    for pick in picks:
        if link := shape.links.get(pick.name):
            many = (read.value(pick.first) if pick.first else link.first) if link.many else 1
            found.append((many, link.most, _weights(read, link.to(), pick.picks)))
        elif pick.picks:
            found.extend(_weights(read, shape, pick.picks))
    return tuple(found)


def check_cost(read: Query, values: Values) -> None:
    if _rows(_weight(read), values) > MAX_ROWS:
        raise TooManyRows(most=MAX_ROWS)


def _rows(weight: Weight, values: Values) -> int:
    """The most rows an answer can hold: the price of a question, the same at every door."""
    many, most, parts = weight
    count = values[many] if isinstance(many, str) else many
    if not isinstance(count, int) or not 0 < count <= most:
        raise OutOfBounds(name="first", least=1, most=most)
    return count * (1 + sum(_rows(part, values) for part in parts))


__all__ = ["UnionQuery", "authorize", "build_query", "read_object", "read_value"]
