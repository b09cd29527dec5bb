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
    SuccessorUnit,
)
from app.domain.records.batches import refuse

TOLERANCE = timedelta(minutes=2)
AHEAD_VI = " Đồng hồ của thiết bị chạy nhanh {minutes} phút so với máy chủ."
AHEAD_EN = " The time of the device is {minutes} minutes ahead of the server."


def describe(
    index: int, data: OperationInput, found: Outcome | DomainError, at: datetime
) -> OperationResult:
    """Return the result of an operation; a refusal says what to do."""
    base = {"index": index, "operation_id": data.operation_id, "record_id": data.record_id}
    if isinstance(found, Outcome):
        return OperationResult(
            **base, status=found.status, version=found.version, conflict_ids=list(found.conflicts)
        )
    fault = refuse(index, data.record_id, found)
    successors = [
        SuccessorUnit.model_validate(one) for one in found.extensions().get("successors") or ()
    ]
    vi, en = _add_advice(data, successors, at)
    return OperationResult(
        **base, status=OperationStatus.REFUSED, code=fault.code, pointer=fault.pointer,
        message_vi=f"{fault.message_vi}{vi}", message_en=f"{fault.message_en}{en}",
        successors=successors,
    )  # fmt: skip


def _add_advice(
    data: OperationInput, successors: Sequence[SuccessorUnit], at: datetime
) -> tuple[str, str]:
    """Return what a refusal says beside its fault, in both languages."""
    vi = en = ""
    if data.client_time - at > TOLERANCE:
        minutes = round((data.client_time - at) / timedelta(minutes=1))
        vi, en = AHEAD_VI.format(minutes=minutes), AHEAD_EN.format(minutes=minutes)
    if successors:
        names = ", ".join(f"{one.name} ({one.code})" for one in successors)
        vi, en = f"{vi} Đơn vị kế thừa: {names}.", f"{en} Successors: {names}."
    return vi, en


def put_off(index: int, data: OperationInput) -> OperationResult:
    """Return the result of an operation that this push has no time for; it is not stored."""
    return OperationResult(
        index=index, operation_id=data.operation_id, record_id=data.record_id,
        status=OperationStatus.LATER,
    )  # fmt: skip


def sum_up(items: Sequence[OperationResult], at: datetime, sent_at: datetime) -> PushResult:
    """Return the answer to a push, in the order in which it was sent."""
    ordered = sorted(items, key=lambda one: one.index)
    counts = {status: sum(one.status is status for one in ordered) for status in OperationStatus}
    return PushResult(
        received_at=at, device_ahead_seconds=round((sent_at - at).total_seconds()),
        done=counts[OperationStatus.DONE], merged=counts[OperationStatus.MERGED],
        conflicts=counts[OperationStatus.CONFLICT], refused=counts[OperationStatus.REFUSED],
        later=counts[OperationStatus.LATER], items=ordered,
    )  # fmt: skip


def repeat(index: int, before: Mapping[str, Any]) -> OperationResult:
    """Return the result of an operation as it was stored, at its place in this push."""
    return OperationResult.model_validate({**before, "index": index})
