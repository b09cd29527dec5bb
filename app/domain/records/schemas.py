"""Inputs common to all records."""

from collections.abc import Mapping, Set
from typing import Annotated, Any, Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, model_validator

from app.db.tables.records import DocumentRole
from app.domain.records.types import Action, Day, Reason
from app.domain.values import InvalidValue

MAX_DOCUMENTS = 10  # of a step


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


class StepDocument(StrictInput):
    """A document on which a step rests, and its role."""

    id: UUID
    role: DocumentRole


class TransitionInput(StrictInput):
    """A transition of a record."""

    action: Action
    effective_on: Day | None = None
    reason: Reason | None = None
    document_id: UUID | None = None
    documents: Annotated[list[StepDocument], Field(max_length=MAX_DOCUMENTS)] = Field(
        default_factory=list
    )

    @model_validator(mode="after")
    def _names_each_once(self) -> Self:
        named = [(one.id, one.role) for one in self.documents]
        if len(set(named)) < len(named):
            raise InvalidValue(
                "document_twice",
                "documents names one document in one role twice.",
                "documents nêu một văn bản hai lần với cùng một vai trò.",
            )
        return self

    def find_document(self, *roles: DocumentRole) -> UUID | None:
        """Return the document that orders the step: named alone, or in one of these roles."""
        named = (one.id for one in self.documents if one.role in roles)
        return self.document_id or next(named, None)


class VoidInput(StrictInput):
    """The reason for which a record is voided: it was entered in error."""

    reason: Reason
