"""Every read passes here: permission first, then the actor's own rows, in one statement."""

from collections.abc import Iterator, Mapping
from functools import lru_cache
from hashlib import blake2b
from typing import Any

from app.db.ask import Kind, OneOf, Pick, Question, Read
from app.db.cursor import cursor_values
from app.db.pool import Fetcher, Unreachable
from app.db.read import ACTOR_SESSION, ACTOR_UNIT, SESSION_VERSION
from app.db.shape import Shape
from app.db.statement import ENDED, Statement, object_statement, value_statement
from app.domain.actor import Actor
from app.domain.disclosing import account_of
from app.domain.errors import (
    BothEnds,
    Complaint,
    Forbidden,
    InvalidFields,
    NotACursor,
    OutOfBounds,
    TooManyRows,
    Unauthenticated,
    Unavailable,
)

Values = dict[str, object]
Weight = tuple[str | int, int, tuple["Weight", ...]]  # how many, at most, and what hangs on each
MOST_OF_A_LIST = 100
MOST_ROWS = 5_000


def ask(
    shape: Shape,
    kind: Kind,
    picks: tuple[Pick, ...],
    arguments: Mapping[str, Any],
    narrowed: Mapping[tuple[str, str], Any] | None = None,
    *,
    key: str = "",
    enum_names: bool = False,
) -> tuple[Read, Values]:
    """Part a question into its form, which is compiled once, and its values."""
    given: Values = {name: value for name, value in arguments.items() if value is not None}
    filters = {which: value for which, value in (narrowed or {}).items() if value is not None}
    backward = _turn(given) if kind is Kind.PAGE else False
    order = str(given.pop("order", "") or shape.usual_order)
    read = Read(
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
    given |= {".".join(which): _ready(shape, which[0], value) for which, value in filters.items()}
    if kind is Kind.PAGE:
        _place(read, given)
    for name, term in shape.terms.items():
        given.setdefault(name, term.default())
    _readable(given)
    values = {read.value(name): value for name, value in given.items()}
    _price(read, values)
    return read, values


def _readable(given: Values) -> None:
    """Refuse text that holds what no text in the database can hold."""
    for name, value in given.items():
        texts = value if isinstance(value, list) else [value]
        if any(isinstance(text, str) and "\0" in text for text in texts):
            vi = "Văn bản không được chứa ký tự NUL."
            raise InvalidFields(Complaint(f"/{name}", "nul", "Text holds no NUL.", vi))


def _ready(shape: Shape, name: str, value: Any) -> Any:
    reads = shape.filters[name].reads
    return reads(value) if reads else value


def _turn(given: Values) -> bool:
    """Whether a page is read from its end; `last` then stands for `first`."""
    if "last" not in given:
        return False
    if "first" in given:
        raise BothEnds()
    given["first"] = given.pop("last")
    return True


def _place(read: Read, given: Values) -> None:
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


def permit(actor: Actor, question: Question) -> None:
    """Refuse a read that names anything the actor's roles may not see."""
    reads = (question,) if isinstance(question, Read) else question.reads
    for permission in (needed for read in reads for needed in _needs(read)):
        if not actor.may(permission):
            raise Forbidden(permission=permission)


async def read_value(
    fetcher: Fetcher, actor: Actor, read: Question, values: Values
) -> bytes | None:
    """Answer one question as JSON; None when a single row is not there, or not the actor's."""
    permit(actor, read)
    return await _fetch(fetcher, value_statement(read, actor.level), actor, values)


async def read_object(
    fetcher: Fetcher, actor: Actor, questions: tuple[Question, ...], values: Values
) -> bytes:
    """Answer several questions of one moment as one JSON object."""
    for question in questions:
        permit(actor, question)
    found = await _fetch(fetcher, object_statement(questions, actor.level), actor, values)
    assert found is not None
    return found


async def _fetch(
    fetcher: Fetcher, statement: Statement, actor: Actor, values: Values
) -> bytes | None:
    account = account_of(actor, statement, values) if statement.sensitive else None
    values |= {
        ACTOR_UNIT: actor.unit_id,
        ACTOR_SESSION: actor.session,
        SESSION_VERSION: actor.session_version,
    }
    try:
        if account:
            found = await fetcher.fetch_accounted(statement, values, account)
        else:
            found = await fetcher.fetch(statement, values)
    except Unreachable as error:
        raise Unavailable() from error
    if found == ENDED:
        raise Unauthenticated()
    return found


@lru_cache(maxsize=1024)
def _needs(read: Read) -> tuple[str, ...]:
    shape = read.shape
    filters = (shape.filters[name].needs for name, _ in read.filters)
    found = [shape.needs, *filters, *_needs_of(shape, read.picks)]
    return tuple(dict.fromkeys(needs for needs in found if needs))


def _needs_of(shape: Shape, picks: tuple[Pick, ...]) -> Iterator[str | None]:
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
def _weight(read: Read) -> Weight:
    many = 1 if read.kind is Kind.ONE else read.value("first")
    return many, MOST_OF_A_LIST, _weights(read, read.shape, read.picks)


def _weights(read: Read, shape: Shape, picks: tuple[Pick, ...]) -> tuple[Weight, ...]:
    found: list[Weight] = []
    for pick in picks:
        if link := shape.links.get(pick.name):
            many = (read.value(pick.first) if pick.first else link.first) if link.many else 1
            found.append((many, link.most, _weights(read, link.to(), pick.picks)))
        elif pick.picks:
            found.extend(_weights(read, shape, pick.picks))
    return tuple(found)


def _price(read: Read, values: Values) -> None:
    if _rows(_weight(read), values) > MOST_ROWS:
        raise TooManyRows(most=MOST_ROWS)


def _rows(weight: Weight, values: Values) -> int:
    """The most rows an answer can hold: the price of a question, the same at every door."""
    many, most, parts = weight
    count = values[many] if isinstance(many, str) else many
    if not isinstance(count, int) or not 0 < count <= most:
        raise OutOfBounds(name="first", least=1, most=most)
    return count * (1 + sum(_rows(part, values) for part in parts))


__all__ = ["OneOf", "ask", "permit", "read_object", "read_value"]
