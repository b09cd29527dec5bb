"""The columns of a table of records, derived from the body of the operation that creates one."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from enum import Enum
from functools import cache
from types import NoneType, UnionType
from typing import Annotated, Any, Union, get_args, get_origin
from uuid import UUID

from pydantic import BaseModel

from app.domain.records.files.tables.form import Column, ColumnKind
from app.domain.records.vocabularies import load_vocabularies

KINDS: Mapping[Any, ColumnKind] = {
    date: "date", datetime: "text", int: "number", float: "number", bool: "flag", str: "text",
    UUID: "code",
}  # fmt: skip
CODES = frozenset({"unit", "parent", "code"})  # whose zeros count, and whose blanks do not
LIST = frozenset({list, set, tuple})


def derive_columns(
    body: type[BaseModel], titles: Mapping[str, Sequence[str]], parent: str | None = None
) -> list[Column]:
    """Derive a column of each field that one cell can fill; the record above comes first."""
    above = [Column(parent, "code", tuple(titles.get(parent, ())), required=True)] if parent else []
    fields = body.model_fields.items()
    made = (
        _derive_column(name, one.annotation, titles.get(name, ()), one.is_required())
        for name, one in fields
    )
    return [*above, *(column for column in made if column)]


def is_list(annotation: Any) -> bool:
    """Return whether a field takes several values, which one cell names with semicolons."""
    return get_origin(_plain(annotation)) in LIST


def is_whole(annotation: Any) -> bool:
    """Return whether a field takes whole numbers."""
    return _plain(annotation) is int


def _derive_column(
    name: str, annotation: Any, titles: Sequence[str], needed: bool
) -> Column | None:
    kind = _plain(annotation)
    if get_origin(kind) in LIST:
        kind = _plain(get_args(kind)[0])
        simple = kind in (str, UUID)
        return Column(name, "text", tuple(titles), required=needed) if simple else None
    if isinstance(kind, type) and issubclass(kind, Enum):
        return Column(name, "choice", tuple(titles), needed, _labels(kind))
    if kind not in KINDS:
        return None
    how: ColumnKind = "code" if kind is str and name in CODES else KINDS[kind]
    return Column(name, how, tuple(titles), required=needed)


def _plain(annotation: Any) -> Any:
    """Return a type without null and without the words of the validation library around it."""
    if get_origin(annotation) is Annotated:
        return _plain(get_args(annotation)[0])
    if get_origin(annotation) in (Union, UnionType):
        known = [one for one in get_args(annotation) if one is not NoneType]
        return _plain(known[0]) if len(known) == 1 else annotation
    return annotation


def _labels(kind: type[Enum]) -> dict[str, str]:
    """Return the codes of a choice by their Vietnamese labels, as far as there are some."""
    labels = _labels_by_enum().get(kind.__name__, {})
    return {labels.get(str(one.value), str(one.value)): str(one.value) for one in kind}


@cache
def _labels_by_enum() -> Mapping[str, Mapping[str, str]]:
    return {
        one.enum: {term.code: term.vi for term in one.terms}
        for one in load_vocabularies().values()
        if one.enum
    }
