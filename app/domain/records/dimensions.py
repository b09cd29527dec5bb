"""Dimensions of measures: the properties by which figures are split."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from app.db.query.shape import Sql, Table


@dataclass(frozen=True, slots=True)
class Dimension:
    """A property by which a measure is split; every value is shown, those without facts as 0."""

    sql: Sql
    values: tuple[str, ...] = ()  # empty: only those that occur are shown
    labels: str | None = None  # the vocabulary that has them, or the enum that it is of


def by_columns(table: Table, names: str) -> dict[str, Dimension]:
    """Return the dimensions of columns, such as `kind level`; of an enum, with all its values."""
    return {name: _by_column(table, name) for name in names.split()}


def _by_column(table: Table, name: str) -> Dimension:
    kind = _find_enum(table.model_fields[name].annotation)
    values = tuple(member.value for member in kind) if kind else ()
    return Dimension(lambda row: getattr(row, name), values, kind.__name__ if kind else None)


def _find_enum(kind: Any) -> type[StrEnum] | None:
    kinds = (kind, *getattr(kind, "__args__", ()))
    return next((one for one in kinds if isinstance(one, type) and issubclass(one, StrEnum)), None)
