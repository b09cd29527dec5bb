"""Schemas of imports: a file with its mapping, transitions, and files that are sent back."""

from enum import StrEnum
from typing import Annotated

from pydantic import BaseModel, Field

from app.domain.records.schemas import StrictInput, TransitionInput
from app.domain.records.types import BASE64, DIGITS, LINE, Flag, Line

MAX_CONTENT = 14_000_000  # characters of base64: a file of 10 MB
MAX_NUMBER = 1_000_000_000
ResourceName = Annotated[str, Field(min_length=1, max_length=60), LINE]
Content = Annotated[str, Field(min_length=1, max_length=MAX_CONTENT), BASE64]
RowNumber = Annotated[int, Field(ge=0, le=MAX_NUMBER), DIGITS]
PlanHash = Annotated[str, Field(min_length=1, max_length=64), LINE]


class FileFormat(StrEnum):
    """Format of a file of rows."""

    CSV = "csv"
    XLSX = "xlsx"
    NDJSON = "ndjson"


class ColumnTitle(StrictInput):
    """A column of the file, by its title, and the field that it fills."""

    title: Line
    field: ResourceName


class ImportCreate(StrictInput):
    """A file whose rows are to become records of a resource."""

    resource: ResourceName
    format: FileFormat
    content: Content
    columns: Annotated[list[ColumnTitle], Field(max_length=100)] = Field(default_factory=list)


class ImportTransition(TransitionInput):
    """A transition of an import: check it again, commit it, or void what it made."""

    plan_hash: PlanHash | None = None
    skip_faults: Flag = False


class TemplateFormat(StrEnum):
    """Format of a template."""

    CSV = "csv"
    XLSX = "xlsx"


class ContentEncoding(StrEnum):
    """Encoding of the content of a file in JSON."""

    TEXT = "text"
    BASE64 = "base64"


class RowsFile(BaseModel):
    """A file of rows."""

    file_name: str
    media_type: str
    encoding: ContentEncoding = ContentEncoding.TEXT
    content: str
    next: int | None = None
