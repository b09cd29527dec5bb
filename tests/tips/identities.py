"""The five conditions of opening an identity, in every combination."""

from collections.abc import Iterator
from dataclasses import dataclass, fields
from datetime import timedelta
from itertools import product
from typing import Any
from uuid import UUID

from app.db.base import now
from app.db.tables.confidential import IdentityRequestState
from app.db.tables.tip_parts import IdentityRequest
from tests.application import Caller, runner
from tests.tips.fixtures import give_tip
from tests.tips.people import TWO_FACTORS, IdentityScenario

CONTACT = {
    "name": "Nguyễn Kín Tiếng", "phone": "0987001122", "email": "kin@tieng.example",
    "address": "Số 9 ngõ Lặng", "note": "Gọi sau giờ làm",
}  # fmt: skip
ASKER = "asker"
OPEN = "mutation($id: UUID!) { openIdentity(id: $id) { name phone email address note viewsLeft } }"
TRIES = "SELECT * FROM audit_entry WHERE operation = 'identity:open' ORDER BY id"


@dataclass(frozen=True)
class Conditions:
    """The conditions of a try."""

    assigned: bool = True
    open: bool = True
    approved: bool = True
    factor: bool = True
    in_time: bool = True

    @property
    def lacking(self) -> set[str]:
        """The codes of the failing conditions."""
        codes = ("not_assigned", "not_open", "not_approved", "second_factor_not_fresh", "expired")
        held = [getattr(self, condition.name) for condition in fields(self)]
        return {code for code, holds in zip(codes, held, strict=True) if not holds}


def every() -> Iterator[Conditions]:
    """Yield all thirty-two combinations."""
    for told in product((True, False), repeat=5):
        yield Conditions(*told)


def give_request(
    scenario: IdentityScenario, what: Conditions, *, place: str = "1.1", **over: Any
) -> tuple[UUID, UUID]:
    """Insert a request in this state past the API; return it and its tip."""
    unit, above = scenario.country[place], scenario.country["1"]
    asker = ASKER if what.assigned else None
    tip, _ = give_tip(scenario.application, unit, contact=CONTACT, assigned_to=asker)
    state = IdentityRequestState.APPROVED if what.open else IdentityRequestState.WITHDRAWN
    known: dict[str, Any] = {
        "tip_id": tip, "unit_id": unit, "requested_by": ASKER, "requester_unit_id": unit,
        "reason": "Cần hỏi thêm", "state": state, "decided_by": "custodian", "decided_at": now(),
        "decider_unit_id": above if what.approved else unit, "decision": "Đồng ý",
        "opens_until": now() + timedelta(minutes=15 if what.in_time else -1),
    }  # fmt: skip
    request = IdentityRequest(**known | over)

    async def put() -> None:
        async with scenario.application.behind() as session:
            session.add(request)

    runner().run(put())
    return request.id, tip


def asker(scenario: IdentityScenario, *, factor: bool = True, place: str = "1.1") -> Caller:
    """Return the requester, with a fresh second factor or a stale one."""
    return scenario.officer(
        ASKER, place, methods=TWO_FACTORS, minutes_ago=1 if factor else 6
    )  # fmt: skip


def try_by(layer: str, who: Caller, request: UUID) -> tuple[bool, Any]:
    """Try to open an identity; return whether it opened, and the response."""
    if layer == "rest":
        answer = who.post(f"/api/v1/identity-requests/{request}/open")
        return answer.status_code == 200, answer.json()
    told = who.ask(OPEN, id=str(request))
    found = (told["data"] or {}).get("openIdentity")
    return found is not None, found or told["errors"][0]["extensions"]


def try_all(scenario: IdentityScenario, layer: str) -> dict[str, Any]:
    """Try each combination once; count openings and audit entries."""
    before, opened, wrong = len(scenario.rows(TRIES)), 0, 0
    for what in every():
        request, _ = give_request(scenario, what)
        is_open, told = try_by(layer, asker(scenario, factor=what.factor), request)
        opened += is_open
        right = (
            told["phone"] == CONTACT["phone"] if is_open else set(told["failed"]) == what.lacking
        )
        wrong += not right or is_open is bool(what.lacking)
    entries = scenario.rows(TRIES)[before:]
    told_of = " ".join(str(dict(entry)) for entry in entries)
    leaked = sum(value in told_of for value in CONTACT.values())
    rows = len({entry["resource_id"] for entry in entries})
    return {
        "tries": 32, "opened": opened, "audit_rows": len(entries), "requests_noted": rows,
        "wrong": wrong, "leaked": leaked,
    }  # fmt: skip


def holds(figures: dict[str, Any]) -> bool:
    """Return whether exactly one opened and each try was audited once without the identity."""
    return figures == {
        "tries": 32, "opened": 1, "audit_rows": 32, "requests_noted": 32, "wrong": 0, "leaked": 0,
    }  # fmt: skip
