"""The list that an export reads: the fields, filters and order of its resource, page by page."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from pydantic import TypeAdapter, ValidationError

from app.db.query.selection import Kind, Query, SelectedField
from app.db.query.shape import IS_NULL, Shape
from app.domain.actor import Actor
from app.domain.errors import FieldError, InvalidFields, UnknownName
from app.domain.input_faults import build_field_error
from app.domain.query import build_query
from app.domain.query_cost import MAX_LIST
from app.domain.records.actions import ActionsField
from app.domain.records.types import PARAMETERS

Given = dict[tuple[str, str], Any]


@dataclass(frozen=True, slots=True)
class Question:
    """A list as it was requested: each field by its path, filters, terms and order."""

    shape: Shape
    fields: tuple[str, ...]
    filters: Mapping[tuple[str, str], Any]
    terms: Mapping[str, Any]
    order: str

    def build(self, after: str | None, first: int = MAX_LIST) -> tuple[Query, dict[str, Any]]:
        """Build the query of one page."""
        page = (SelectedField("items", "nodes", self._picks()), SelectedField("next", "next"))
        arguments = {**self.terms, "first": first, "after": after, "order": self.order}
        return build_query(self.shape, Kind.PAGE, page, arguments, dict(self.filters))

    def _picks(self) -> tuple[SelectedField, ...]:
        plain = [SelectedField(name, name) for name in self.fields if "." not in name]
        below: dict[str, list[SelectedField]] = {}
        for link, _, name in (one.partition(".") for one in self.fields if "." in one):
            below.setdefault(link, []).append(SelectedField(name, name))
        return (*plain, *(SelectedField(link, link, tuple(p)) for link, p in below.items()))


def read_question(
    shape: Shape, actor: Actor, fields: Sequence[str], filters: Sequence[str], order: str | None
) -> Question:
    """Return the list that somebody asks for; refuse what the list does not know."""
    if order is not None and order not in shape.orders:
        raise UnknownName(f"order={order}", shape.orders)
    given, terms = _read_filters(shape, filters)
    chosen = tuple(fields) or _plain_fields(shape, actor)
    _check_fields(shape, chosen)
    return Question(shape, chosen, given, terms, order or shape.default_order)


def _plain_fields(shape: Shape, actor: Actor) -> tuple[str, ...]:
    """Return every plain field that the actor may see, apart from what can be done next."""
    return tuple(
        name
        for name, field in shape.fields.items()
        if not field.on_request and actor.may(field.needs) and not isinstance(field, ActionsField)
    )


def _check_fields(shape: Shape, chosen: Sequence[str]) -> None:
    for at, path in enumerate(chosen):
        link, dot, name = path.rpartition(".")
        target = shape if not dot else _follow(shape, link)
        if name not in target.fields:
            raise UnknownName(path, target.fields)
        if path in chosen[:at]:
            raise _refuse(f"/fields/{at}", "repeated", "A field is named twice.",
                          "Một trường được nêu hai lần.")  # fmt: skip


def _follow(shape: Shape, link: str) -> Shape:
    """Return what a link leads to; a cell holds one value, so that lists are not followed."""
    single = {name: one for name, one in shape.links.items() if not one.many}
    if link not in single:
        raise UnknownName(link, single)
    return single[link].to()


def _read_filters(shape: Shape, filters: Sequence[str]) -> tuple[Given, dict[str, Any]]:
    allowed = {**_list_filters(shape), **{name: (name, "") for name in shape.terms}}
    values: dict[str, list[Any]] = {}
    for at, text in enumerate(filters):
        name, equals, value = text.partition("=")
        if not equals:
            raise _refuse(f"/filters/{at}", "not_a_filter", "A filter reads name=value.",
                          "Bộ lọc có dạng tên=giá trị.")  # fmt: skip
        if name not in allowed:
            raise UnknownName(name, allowed)
        values.setdefault(name, []).append(_read_value(shape, allowed[name], value, at))
    given: Given = {}
    for name, found in values.items():
        given |= _join(shape, allowed[name], found, filters)
    terms = {name: values[name][0] for name in shape.terms if name in values}
    return {which: value for which, value in given.items() if which[1]}, terms


def _list_filters(shape: Shape) -> dict[str, tuple[str, str]]:
    """Return every filter by its name in the address of the list."""
    return {
        name if operation == "eq" else f"{name}.{operation}": (name, operation)
        for name, filter in shape.filters.items()
        for operation in filter.allows
        if operation != "in"
    }


def _join(shape: Shape, which: tuple[str, str], found: list[Any], filters: Sequence[str]) -> Given:
    name, operation = which
    if len(found) == 1:
        return {which: found[0]}
    if operation == "eq" and name in shape.filters and "in" in shape.filters[name].allows:
        return {(name, "in"): found}
    at = max(at for at, text in enumerate(filters) if text.startswith(name))
    raise _refuse(f"/filters/{at}", "repeated", "This filter takes one value.",
                  "Bộ lọc này chỉ nhận một giá trị.")  # fmt: skip


def _read_value(shape: Shape, which: tuple[str, str], text: str, at: int) -> Any:
    name, operation = which
    kind = shape.filters[name].type if operation else shape.terms[name].type
    try:
        return _adapter(bool if operation == IS_NULL else kind).validate_strings(text)
    except ValidationError as error:
        faults = [build_field_error(fault, ("filters", at)) for fault in error.errors()]
        raise InvalidFields(*faults) from error


@cache
def _adapter(kind: Any) -> TypeAdapter[Any]:
    return TypeAdapter(PARAMETERS.get(kind, kind))


def _refuse(pointer: str, code: str, en: str, vi: str) -> InvalidFields:
    return InvalidFields(FieldError(pointer, code, en, vi))
