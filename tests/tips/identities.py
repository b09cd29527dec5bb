"""The five conditions of opening an identity, in every combination, at both doors."""

from collections.abc import Iterator
from dataclasses import dataclass, fields
from datetime import timedelta
from itertools import product
from typing import Any
from uuid import UUID

from app.db.base import now
from app.db.tables.tip_parts import IdentityRequest, IdentityRequestState
from tests.house import Caller, runner
from tests.tips.give import give_tip
from tests.tips.people import TWO_FACTORS, Office

CONTACT = {
    "name": "Nguyễn Kín Tiếng", "phone": "0987001122", "email": "kin@tieng.example",
    "address": "Số 9 ngõ Lặng", "note": "Gọi sau giờ làm",
}  # fmt: skip
ASKER = "asker"
OPEN = "mutation($id: UUID!) { openIdentity(id: $id) { name phone email address note viewsLeft } }"
TRIES = "SELECT * FROM audit_entry WHERE operation = 'identity:open' ORDER BY id"


@dataclass(frozen=True)
class Conditions:
    """What holds when somebody tries."""

    assigned: bool = True
    open: bool = True
    approved: bool = True
    factor: bool = True
    in_time: bool = True

    @property
    def lacking(self) -> set[str]:
        """The codes by which a refusal names what does not hold."""
        codes = ("not_assigned", "not_open", "not_approved", "second_factor_not_fresh", "expired")
        held = [getattr(self, condition.name) for condition in fields(self)]
        return {code for code, holds in zip(codes, held, strict=True) if not holds}


def every() -> Iterator[Conditions]:
    """All thirty-two."""
    for told in product((True, False), repeat=5):
        yield Conditions(*told)


def give_request(
    office: Office, what: Conditions, *, place: str = "1.1", **over: Any
) -> tuple[UUID, UUID]:
    """A request in a state like this, put down past every door, and its tip."""
    unit, above = office.country[place], office.country["1"]
    asker = ASKER if what.assigned else None
    tip, _ = give_tip(office.house, unit, contact=CONTACT, assigned_to=asker)
    state = IdentityRequestState.APPROVED if what.open else IdentityRequestState.WITHDRAWN
    known: dict[str, Any] = {
        "tip_id": tip, "unit_id": unit, "requested_by": ASKER, "requester_unit_id": unit,
        "reason": "Cần hỏi thêm", "state": state, "decided_by": "custodian", "decided_at": now(),
        "decider_unit_id": above if what.approved else unit, "decision": "Đồng ý",
        "opens_until": now() + timedelta(minutes=15 if what.in_time else -1),
    }  # fmt: skip
    request = IdentityRequest(**known | over)

    async def put() -> None:
        async with office.house.behind() as session:
            session.add(request)

    runner().run(put())
    return request.id, tip


def asker(office: Office, *, factor: bool = True, place: str = "1.1") -> Caller:
    """Who asks; without a fresh second factor if so told."""
    return office.officer(
        ASKER, place, methods=TWO_FACTORS, minutes_ago=1 if factor else 6
    )  # fmt: skip


def try_by(door: str, who: Caller, request: UUID) -> tuple[bool, Any]:
    """Whether it was opened, and what was told."""
    if door == "rest":
        answer = who.post(f"/api/v1/identity-requests/{request}/open")
        return answer.status_code == 200, answer.json()
    told = who.ask(OPEN, id=str(request))
    found = (told["data"] or {}).get("openIdentity")
    return found is not None, found or told["errors"][0]["extensions"]


def try_all(office: Office, door: str) -> dict[str, Any]:
    """Try each combination once; how many were opened, and what was written down."""
    before, opened, wrong = len(office.rows(TRIES)), 0, 0
    for what in every():
        request, _ = give_request(office, what)
        is_open, told = try_by(door, asker(office, factor=what.factor), request)
        opened += is_open
        right = (
            told["phone"] == CONTACT["phone"] if is_open else set(told["failed"]) == what.lacking
        )
        wrong += not right or is_open is bool(what.lacking)
    entries = office.rows(TRIES)[before:]
    told_of = " ".join(str(dict(entry)) for entry in entries)
    leaked = sum(value in told_of for value in CONTACT.values())
    rows = len({entry["resource_id"] for entry in entries})
    return {
        "tries": 32, "opened": opened, "audit_rows": len(entries), "requests_noted": rows,
        "wrong": wrong, "leaked": leaked,
    }  # fmt: skip


def holds(figures: dict[str, Any]) -> bool:
    """Exactly one opens, each try is written down once, and nothing of it is told there."""
    return figures == {
        "tries": 32, "opened": 1, "audit_rows": 32, "requests_noted": 32, "wrong": 0, "leaked": 0,
    }  # fmt: skip
