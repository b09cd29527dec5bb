"""Batches of mobile clients: ids made by the client, and a result for each item."""

from collections.abc import Iterable
from enum import StrEnum
from typing import Annotated, Self
from uuid import UUID

from pydantic import AfterValidator, BaseModel, Field

from app.domain.records.schemas import StrictInput, TransitionInput
from app.domain.records.types import NUMBER
from app.domain.values import MAX_INTEGER, InvalidValue

MAX_ITEMS = 500


def _check_client_id(id: UUID) -> UUID:
    if id.version != 7:
        raise InvalidValue(
            "client_id_not_v7",
            "The id of a new record is a UUID of version 7, made once by the client.",
            "Mã của bản ghi mới là UUID phiên bản 7 do ứng dụng tạo một lần.",
        )
    return id


ClientId = Annotated[UUID, AfterValidator(_check_client_id)]
Version = Annotated[int, Field(ge=1, le=MAX_INTEGER), NUMBER]


class BatchEntry(StrictInput):
    """A new record of a batch, with the id that the client has made for it."""

    id: ClientId


class BatchStep(TransitionInput):
    """A transition of one record of a batch, in the version that the client has seen."""

    id: UUID
    version: Version


class BatchStatus(StrEnum):
    """Outcome of an item of a batch."""

    DONE = "done"
    UNCHANGED = "unchanged"  # it had been done by the same item before
    REFUSED = "refused"


class BatchItem(BaseModel):
    """The outcome of one item of a batch; of a refused one, the fault."""

    index: int
    id: UUID
    status: BatchStatus
    version: int | None = None
    code: str | None = None
    pointer: str | None = None
    message_vi: str | None = None
    message_en: str | None = None


class BatchResult(BaseModel):
    """The outcome of a batch; each item succeeds or fails by itself."""

    done: int
    unchanged: int
    refused: int
    items: list[BatchItem]

    @classmethod
    def of(cls, items: Iterable[BatchItem]) -> Self:
        """Build the answer of a batch from its items, in the order in which they were sent."""
        ordered = sorted(items, key=lambda one: one.index)
        counts = {status: sum(one.status is status for one in ordered) for status in BatchStatus}
        return cls(
            done=counts[BatchStatus.DONE], unchanged=counts[BatchStatus.UNCHANGED],
            refused=counts[BatchStatus.REFUSED], items=ordered,
        )  # fmt: skip
