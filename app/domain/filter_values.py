"""Values of filters and terms, the same for both API layers: taken as meant, or refused."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from app.db.query.selection import AnyQuery, Query
from app.db.query.shape import Shape
from app.domain.errors import IN_QUERY, FieldError, InvalidFields, NullFilter
from app.domain.values import (
    MAX_WORD,
    InvalidValue,
    check_length,
    clean_line,
    parse_any_day,
    parse_integer,
    parse_moment,
)


class UnknownNamed(Exception):
    """A filter of one of several queries names what does not exist."""

    def __init__(self, key: str, refusal: Exception) -> None:
        super().__init__(key)
        self.key, self.refusal = key, refusal


def parse_filter(shape: Shape, which: tuple[str, str], value: Any) -> Any:
    """Return the value of a filter as it is bound; refuse what narrows nothing."""
    name = ".".join(which) if which[1] != "eq" else which[0]
    if value is None:
        raise NullFilter(name)
    if isinstance(value, list):
        return [_read(shape, which[0], check_value(name, one)) for one in value]
    return _read(shape, which[0], check_value(name, value))


def check_value(name: str, value: Any) -> Any:
    """Return a value that PostgreSQL can hold; refuse any other by its name and its bound."""
    try:
        return _check(value)
    except InvalidValue as error:
        pointer = "/" + name
        fault = FieldError(pointer, error.code, error.en, error.vi, **IN_QUERY, **error.facts)
        raise InvalidFields(fault) from error


def check_id(value: Any) -> Any:
    """Return an id or a code as it is; refuse characters that none can have."""
    try:
        return clean_line(value)
    except InvalidValue as error:
        fault = FieldError("/id", error.code, error.en, error.vi, **{"in": "path"}, **error.facts)
        raise InvalidFields(fault) from error


def refuse_unknown(
    found: Mapping[str, Any], questions: Iterable[AnyQuery], values: Mapping[str, Any]
) -> UnknownNamed:
    """Return the refusal of a query whose filter names what does not exist."""
    read = next(one for one in questions if isinstance(one, Query) and one.key == found["key"])
    filter = read.shape.filters[found["!unknown"].partition(".")[0]]
    assert filter.known is not None
    terms = {name: values[read.value(name)] for name in read.shape.terms}
    wanted = values[read.value(found["!unknown"])]
    named = ", ".join(map(str, wanted)) if isinstance(wanted, list) else str(wanted)
    return UnknownNamed(read.key, filter.known.refusal(named, terms, found["facts"]))


def _read(shape: Shape, name: str, value: Any) -> Any:
    reads = shape.filters[name].reads
    return reads(value) if reads else value


def _check(value: Any) -> Any:
    if isinstance(value, datetime):
        return parse_moment(value)
    if isinstance(value, date):
        return parse_any_day(value)
    if isinstance(value, int) and not isinstance(value, bool):
        return parse_integer(value)
    if type(value) is str:
        return check_length(clean_line(value), MAX_WORD)
    return value
