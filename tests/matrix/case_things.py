"""Reintegration cases with what belongs to them: sealed for real, each under its own key."""

from collections.abc import Awaitable, Callable
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

from uuid_utils.compat import uuid7

from app.db.base import now
from app.db.session import Session
from app.db.tables.reintegration import (
    CaseBasis,
    CasePart,
    ReintegrationAssignment,
    ReintegrationCase,
    ReintegrationIdentity,
)
from app.db.tables.reintegration_choices import CasePathway, ConsentScope, SupportKind, SupportState
from app.db.tables.reintegration_openings import CaseOpeningBasis, ReintegrationOpening
from app.db.tables.reintegration_parts import (
    ReintegrationAction,
    ReintegrationConsent,
    ReintegrationSupport,
)
from app.db.tables.reintegration_requests import PersonRequestKind, ReintegrationRequest
from app.db.tables.reintegration_transfers import (
    HandoverItem,
    ReintegrationHold,
    ReintegrationTransfer,
)
from app.domain.actor import Role
from app.domain.reintegration.context import CaseContext
from app.domain.reintegration.openings.rules import WINDOW
from app.domain.reintegration.seals import seal
from tests.matrix.features.accounts import grant_role, make_account
from tests.matrix.features.documents import document
from tests.matrix.makers import put

if TYPE_CHECKING:
    from tests.matrix.scenario import Scenario

DAY = date(2026, 9, 1)
SOMEBODY = "somebody"  # who asks, mostly
PERSON = {
    "name": "Người Trong Hồ Sơ", "birth_year": 1990, "address": None, "phone": None, "note": None,
}  # fmt: skip
Pair = tuple[UUID, UUID]  # what a path names besides a case, and the case
Made = Awaitable[Any]


def context_of(scenario: "Scenario") -> CaseContext:
    """Return the context of an application, with the keys of its cases."""
    found: CaseContext = scenario.application.app.state.resources.cases
    return found


async def case(
    scenario: "Scenario", session: Session, path: str, *, of: str = SOMEBODY, **more: Any
) -> UUID:
    """Insert a case in which the caller has the lead."""
    new = uuid4()
    row = ReintegrationCase(
        id=new, unit_id=scenario.country[path], case_number=number_of(new),
        basis=CaseBasis.RELEASED, notified_on=DAY, released_on=DAY, **more,
    )  # fmt: skip
    id = await put(session, row)
    keyring = await context_of(scenario).keys.create_key(id)
    sealed = seal(keyring, ReintegrationIdentity, id, PERSON)
    session.add(ReintegrationIdentity(case_id=id, **sealed))
    await put(session, _part(id, of, CasePart.LEAD))
    return id


def number_of(case_id: UUID) -> str:
    """Return the number of a case that the matrix made."""
    return f"HN-{case_id.hex[:10]}"


async def opened_case(scenario: "Scenario", session: Session, path: str) -> UUID:
    """A case of somebody else that the caller has opened in an emergency."""
    id = await case(scenario, session, path, of="another")
    await _open(scenario, session, path, id, SOMEBODY)
    return id


async def opening(scenario: "Scenario", session: Session, path: str) -> UUID:
    """An emergency opening by somebody else, to be reviewed."""
    id = await case(scenario, session, path, of="another")
    return await _open(scenario, session, path, id, "stranger")


async def _open(
    scenario: "Scenario", session: Session, path: str, id: UUID, subject: str
) -> UUID:  # fmt: skip
    new, at = uuid4(), now()
    keyring = await context_of(scenario).keys.find_key(id)
    assert keyring, "it was made just now"
    words = seal(keyring, ReintegrationOpening, new, {"reason": "x", "note": None})
    row = ReintegrationOpening(
        id=new, case_id=id, unit_id=scenario.country[path], case_number=number_of(id),
        basis=CaseOpeningBasis.PERSON_ASKS, opened_by=subject, opened_at=at,
        opens_until=at + WINDOW, **words,
    )  # fmt: skip
    return await put(session, row)


def _part(case_id: UUID, subject: str, part: CasePart) -> ReintegrationAssignment:
    return ReintegrationAssignment(
        case_id=case_id, subject=subject, assigned_by="x", assigned_on=DAY, part=part
    )


async def other_case(scenario: "Scenario", session: Session, path: str) -> UUID:
    """A case in which the caller has no part."""
    return await case(scenario, session, path, of="another")


async def orphaned_case(scenario: "Scenario", session: Session, path: str) -> UUID:
    """A case whose lead has no account any more."""
    return await case(scenario, session, path, of="gone")


async def _worker(scenario: "Scenario", session: Session, path: str) -> UUID:
    id = await make_account(scenario, session, path)
    await grant_role(scenario, session, path, id, Role.CASE_WORKER)
    return id


async def case_and_colleague(scenario: "Scenario", session: Session, path: str) -> Pair:
    return await _worker(scenario, session, path), await case(scenario, session, path)


async def orphan_and_worker(scenario: "Scenario", session: Session, path: str) -> Pair:
    return await _worker(scenario, session, path), await orphaned_case(scenario, session, path)


async def case_and_part(scenario: "Scenario", session: Session, path: str) -> Pair:
    id = await case(scenario, session, path)
    return await put(session, _part(id, "colleague", CasePart.WORKER)), id


def _with_entry(table: Any, **values: Any) -> Callable[["Scenario", Session, str], Made]:
    async def make(scenario: "Scenario", session: Session, path: str) -> Pair:
        id, entry = await case(scenario, session, path), uuid7()
        keyring = await context_of(scenario).keys.find_key(id)
        assert keyring, "it was made just now"
        sealed = seal(keyring, table, entry, {"text": "x"})
        row = table(
            id=entry, case_id=id, recorded_on=DAY, recorded_by="x", **values, **sealed
        )  # fmt: skip
        return await put(session, row), id

    return make


async def offered_case(scenario: "Scenario", session: Session, path: str) -> UUID:
    """An offer within a unit, so that both its sides are seen from the same places."""
    id = await case(scenario, session, path)
    found = await session.get_one(ReintegrationCase, id)
    unit = scenario.country[path]
    row = ReintegrationTransfer(
        case_id=id, unit_id=unit, from_unit_id=unit, case_number=found.case_number,
        basis=found.basis, shared=[HandoverItem.FILE.value], reason="person_moved", offered_on=DAY,
    )  # fmt: skip
    return await put(session, row)


async def case_hold(scenario: "Scenario", session: Session, path: str) -> UUID:
    """Insert a legal hold on a case."""
    id = await case(scenario, session, path)
    paper = await document(session, scenario.country[path])
    return await put(session, ReintegrationHold(case_id=id, reason="x", document_id=paper))


async def held_case(scenario: "Scenario", session: Session, path: str) -> UUID:
    held = await session.get_one(ReintegrationHold, await case_hold(scenario, session, path))
    return held.case_id


PLACED = {
    "opened_case": opened_case, "opening": opening,
    "case": case, "other_case": other_case, "orphaned_case": orphaned_case,
    "case_and_colleague": case_and_colleague, "orphan_and_worker": orphan_and_worker,
    "case_and_part": case_and_part, "case_hold": case_hold, "held_case": held_case,
    "offered_case": offered_case,
    "case_and_action": _with_entry(
        ReintegrationAction, pathway=CasePathway.WORK, due_on=date(2026, 12, 1)
    ),
    "case_and_support": _with_entry(
        ReintegrationSupport, kind=SupportKind.JOB, state=SupportState.ARRANGED, begins_on=DAY
    ),
    "case_and_request": _with_entry(
        ReintegrationRequest, kind=PersonRequestKind.COPY, received_on=DAY
    ),
    "case_and_consent": _with_entry(
        ReintegrationConsent, scope=ConsentScope.HOME_VISITS, text_version="v1", given_on=DAY
    ),
}  # fmt: skip
