"""Inputs common to all records."""

from collections.abc import Mapping, Set
from typing import Any, Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from app.domain.records.types import Action, Day, Reason
from app.domain.values import InvalidValue


class StrictInput(BaseModel):
    """An input that refuses unknown fields."""

    model_config = ConfigDict(extra="forbid")

    @classmethod
    def from_cells(cls, cells: Mapping[str, Any]) -> Self:
        """Return what a row of a table stands for, where the cells are text, numbers too."""
        plain = all(isinstance(cell, str) for cell in cells.values())
        return cls.model_validate_strings(cells) if plain else cls.model_validate(cells)


class ChangeInput(StrictInput):
    """Changes to a record: every field may be left out and then stays unchanged.

    Such a field is `unset()`: it has no default, and takes null only where a record may lack it.
    """


def check_dated(data: BaseModel, quantities: Set[str]) -> None:
    """Refuse a day from which no quantity of the same request holds."""
    said = data.model_fields_set
    if "effective_on" in said and not said & quantities:
        named = ", ".join(sorted(quantities))
        raise InvalidValue(
            "effective_on_of_nothing",
            f"effective_on is the day from which one of these holds: {named}.",
            f"effective_on là ngày bắt đầu của một trong các số liệu: {named}.",
        )


class OneTimeSecret(BaseModel):
    """A response with a secret, which is stored without it for repetitions of the request."""

    def without_secret(self) -> Self:
        """Return the response without its secret, to be stored."""
        raise NotImplementedError


class TransitionInput(StrictInput):
    """A transition of a record."""

    action: Action
    effective_on: Day | None = None
    reason: Reason | None = None
    document_id: UUID | None = None


class VoidInput(StrictInput):
    """The reason for which a record is voided: it was entered in error."""

    reason: Reason
