"""Input and answers of the feed of changes."""

from datetime import datetime
from enum import StrEnum
from typing import Annotated, Any, NewType
from uuid import UUID

from pydantic import BaseModel, Field

from app.domain.records.types import DIGITS, LongLine

MAX_FIRST = 100
First = Annotated[int, Field(ge=1, le=MAX_FIRST), DIGITS]
Text = LongLine
RecordJson = NewType("RecordJson", dict[str, Any])  # as the read of the single record answers


class ItemForm(StrEnum):
    """Form of an item: without or with its record."""

    THIN = "thin"
    FULL = "full"


class ChangeKind(StrEnum):
    """Kind of an item of the feed."""

    CREATED = "created"
    CHANGED = "changed"
    TRANSITIONED = "transitioned"
    VOIDED = "voided"
    PURGED = "purged"
    SCOPE_GAINED = "scope_gained"
    SCOPE_LOST = "scope_lost"
    SCOPE_CHANGED = "scope_changed"


class ChangeItem(BaseModel):
    """A change of a record, or of what the follower may read."""

    kind: ChangeKind
    at: datetime
    resource: str | None = None
    id: UUID | None = None
    path: str | None = None
    version: int | None = None
    fields: list[str] = []
    unit_id: UUID | None = None
    within_unit_id: UUID | None = None
    resources: list[str] = []
    reload: list[str] = []
    record: RecordJson | None = None


class ChangePage(BaseModel):
    """Changes in the order in which they took effect, and the cursor to go on from."""

    items: list[ChangeItem]
    next: str
    more: bool
