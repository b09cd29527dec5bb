"""Schemas of offline sync: operations of a device, their results, and the choice of a person."""

from datetime import datetime
from enum import StrEnum
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, Field, model_validator

from app.db.tables.sync import ConflictChoice
from app.domain.exchange.changes.schemas import RecordJson
from app.domain.exchange.sync.json_values import FieldValues, make_object
from app.domain.records.batch_schemas import MAX_ITEMS, ClientId, Version
from app.domain.records.schemas import StrictInput
from app.domain.records.types import LINE, Moment
from app.domain.values import InvalidValue

ResourceName = Annotated[str, Field(min_length=1, max_length=60), LINE]


class OperationKind(StrEnum):
    """Kind of an operation that a device has recorded."""

    CREATE = "create"
    CHANGE = "change"
    TRANSITION = "transition"
    VOID = "void"


class OperationInput(StrictInput):
    """An operation that a device has recorded: on which record, on what it rests, what it sets."""

    operation_id: ClientId
    kind: OperationKind
    resource: ResourceName
    record_id: UUID
    parent_id: UUID | None = None
    base_version: Version | None = None
    base: FieldValues | None = None
    values: FieldValues | None = None
    client_time: Moment

    @property
    def base_values(self) -> RecordJson:
        """Return the values that the device had read; none where they were left out."""
        return self.base or make_object()

    @property
    def body_values(self) -> RecordJson:
        """Return the values of the body; none where they were left out."""
        return self.values or make_object()

    @model_validator(mode="after")
    def _rests_on_a_version(self) -> "OperationInput":
        is_new = self.kind is OperationKind.CREATE
        if is_new != (self.base_version is None):
            raise InvalidValue(
                "base_version_misplaced",
                "base_version is the version that the device had: of every kind but create.",
                "base_version là phiên bản mà thiết bị đang có: cần cho mọi loại trừ create.",
            )
        if is_new and self.record_id.version not in (4, 7):
            raise InvalidValue(
                "client_id_not_v7", "The id of a new record is a UUID of version 7.",
                "Mã của bản ghi mới là UUID phiên bản 7.",
            )  # fmt: skip
        return self


class OperationsPush(StrictInput):
    """The queue of a device, in its order, and the time there as it sends it."""

    operations: Annotated[list[OperationInput], Field(min_length=1, max_length=MAX_ITEMS)]
    sent_at: Moment


class OperationStatus(StrEnum):
    """Outcome of an operation of a device."""

    DONE = "done"
    MERGED = "merged"  # others had changed the record, or had done the same
    CONFLICT = "conflict"  # fields that others had changed to other values wait for a person
    REFUSED = "refused"
    LATER = "later"  # not tried yet: the push took its time


class SuccessorUnit(BaseModel):
    """A unit that took over from one that has ended, and stands today."""

    id: UUID
    code: str | None
    name: str
    is_main: bool


class OperationResult(BaseModel):
    """The outcome of one operation; of a refused one, the fault."""

    index: int
    operation_id: UUID
    record_id: UUID
    status: OperationStatus
    version: int | None = None
    conflict_ids: list[UUID] = []
    code: str | None = None
    pointer: str | None = None
    message_vi: str | None = None
    message_en: str | None = None
    successors: list[SuccessorUnit] = []


class PushResult(BaseModel):
    """The outcome of a push; each operation succeeds or fails by itself, and only once."""

    received_at: datetime
    device_ahead_seconds: int
    done: int
    merged: int
    conflicts: int
    refused: int
    later: int
    items: list[OperationResult]


class ConflictResolve(StrictInput):
    """The choice of a person between the values of a conflict, or another value."""

    choice: ConflictChoice
    record_version: Version | None = None
    values: FieldValues | None = None

    @property
    def body_values(self) -> RecordJson:
        """Return the other values; none where they were left out."""
        return self.values or make_object()
