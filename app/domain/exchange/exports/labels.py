"""Titles and labels of an exported table: Vietnamese where people read it, codes otherwise."""

import csv
from collections.abc import Callable, Iterator, Mapping, Sequence
from enum import Enum
from functools import cache
from types import NoneType
from typing import Any, get_args

from app.data import SHIPPED
from app.db.query.shape import Shape
from app.domain.records.vocabularies import load_vocabularies

Value = Callable[[Any], Any]


def list_titles(fields: Sequence[str], *, labels: bool) -> list[str]:
    """Return the title of each column, no two of them the same; a field without one is its own."""
    if not labels:
        return list(fields)
    titles = [_titles().get(name, name) for name in fields]
    return [
        f"{title} ({name})" if titles.count(title) > 1 else title
        for title, name in zip(titles, fields, strict=True)
    ]


def list_values(shape: Shape, fields: Sequence[str], *, labels: bool) -> list[Value]:
    """Return what makes the value of each column of that of its field."""
    return [_label_values(shape, name) if labels else _as_it_is for name in fields]


def pick_values(item: Mapping[str, Any], fields: Sequence[str]) -> Iterator[Any]:
    """Yield the values of a row in the order of its columns."""
    for path in fields:
        link, dot, name = path.rpartition(".")
        found: Any = item.get(link) if dot else item
        yield None if found is None else found[name]


def _label_values(shape: Shape, path: str) -> Value:
    link, dot, name = path.rpartition(".")
    target = shape.links[link].to() if dot else shape
    if (terms := _find_terms(target.fields[name].type)) is None:
        return _as_it_is
    return lambda value: terms.get(value, value) if isinstance(value, str) else value


def _find_terms(annotation: Any) -> Mapping[str, str] | None:
    kinds = [one for one in (annotation, *get_args(annotation)) if one is not NoneType]
    named = [one.__name__ for one in kinds if isinstance(one, type) and issubclass(one, Enum)]
    return _terms().get(named[0]) if named else None


def _as_it_is(value: Any) -> Any:
    return value


@cache
def _terms() -> Mapping[str, Mapping[str, str]]:
    """Return the Vietnamese labels of codes, by the enum that they belong to."""
    known = load_vocabularies().values()
    return {one.enum: {term.code: term.vi for term in one.terms} for one in known if one.enum}


@cache
def _titles() -> Mapping[str, str]:
    with (SHIPPED / "exchange" / "headers.csv").open(encoding="utf-8") as file:
        return {line["field"]: line["vi"] for line in csv.DictReader(file)}
