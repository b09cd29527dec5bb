"""Schemas of exports."""

from typing import Annotated

from pydantic import Field

from app.db.tables.exports import ExportFormat
from app.domain.records.schemas import StrictInput
from app.domain.records.types import LINE, Flag

MAX_FILTERS, MAX_FIELDS = 50, 200
FilterText = Annotated[str, Field(min_length=3, max_length=400), LINE]
FieldName = Annotated[str, Field(min_length=1, max_length=120), LINE]
ListName = Annotated[str, Field(min_length=1, max_length=60), LINE]
OrderName = Annotated[str, Field(min_length=1, max_length=40), LINE]


class ExportCreate(StrictInput):
    """A list to export, as one would read it."""

    resource: ListName
    filters: Annotated[list[FilterText], Field(max_length=MAX_FILTERS)] = Field(
        default_factory=list
    )
    fields: Annotated[list[FieldName], Field(max_length=MAX_FIELDS)] = Field(default_factory=list)
    order: OrderName | None = None
    format: ExportFormat = ExportFormat.CSV
    labels: Flag = False
