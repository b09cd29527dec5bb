"""The results of a push, as they are answered and stored."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from app.domain.errors import DomainError
from app.domain.exchange.sync.operations import Outcome
from app.domain.exchange.sync.schemas import (
    OperationInput,
    OperationResult,
    OperationStatus,
    PushResult,
)
from app.domain.records.batches import refuse

TOLERANCE = timedelta(minutes=2)
AHEAD_VI = " Đồng hồ của thiết bị chạy nhanh {minutes} phút so với máy chủ."
AHEAD_EN = " The time of the device is {minutes} minutes ahead of the server."


def describe(
    index: int, data: OperationInput, found: Outcome | DomainError, at: datetime
) -> OperationResult:
    """Return the result of an operation; a refusal says if the time of the device was ahead."""
    base = {"index": index, "operation_id": data.operation_id, "record_id": data.record_id}
    if isinstance(found, Outcome):
        return OperationResult(
            **base, status=found.status, version=found.version, conflict_ids=list(found.conflicts)
        )
    fault = refuse(index, data.record_id, found)
    minutes = round((data.client_time - at) / timedelta(minutes=1))
    is_ahead = data.client_time - at > TOLERANCE
    return OperationResult(
        **base, status=OperationStatus.REFUSED, code=fault.code, pointer=fault.pointer,
        message_vi=f"{fault.message_vi}{AHEAD_VI.format(minutes=minutes) if is_ahead else ''}",
        message_en=f"{fault.message_en}{AHEAD_EN.format(minutes=minutes) if is_ahead else ''}",
    )  # fmt: skip


def sum_up(items: Sequence[OperationResult], at: datetime, sent_at: datetime) -> PushResult:
    """Return the answer to a push, in the order in which it was sent."""
    ordered = sorted(items, key=lambda one: one.index)
    counts = {status: sum(one.status is status for one in ordered) for status in OperationStatus}
    return PushResult(
        received_at=at, device_ahead_seconds=round((sent_at - at).total_seconds()),
        done=counts[OperationStatus.DONE], merged=counts[OperationStatus.MERGED],
        conflicts=counts[OperationStatus.CONFLICT], refused=counts[OperationStatus.REFUSED],
        items=ordered,
    )  # fmt: skip


def repeat(index: int, before: Mapping[str, Any]) -> OperationResult:
    """Return the result of an operation as it was stored, at its place in this push."""
    return OperationResult.model_validate({**before, "index": index})
