"""SQL for the list of the bank."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlmodel import col, or_, select

from app.db.session import Session
from app.db.tables.reintegration import CaseState, ReintegrationCase
from app.db.tables.reintegration_choices import ConsentScope, SupportKind, SupportState
from app.db.tables.reintegration_parts import ReintegrationConsent, ReintegrationSupport
from app.domain.actor import Actor
from app.domain.reintegration.kind import CASE_KIND

Line = tuple[ReintegrationCase, ReintegrationSupport]


async def find_loans_to_list(session: Session, actor: Actor, day: date) -> Sequence[Line]:
    """Find the loans arranged in the caller's open cases whose person consents to be named."""
    case, loan, consent = ReintegrationCase, ReintegrationSupport, ReintegrationConsent
    mine = CASE_KIND.live_scope[actor.level](case, actor.unit_id)
    agreed = (
        select(consent.id)
        .where(
            consent.case_id == case.id, consent.scope == ConsentScope.SHARE_WITH_BANK,
            consent.given_on <= day, col(consent.revoked_on).is_(None),
            or_(col(consent.ends_on).is_(None), col(consent.ends_on) >= day),
        )
        .exists()
    )  # fmt: skip
    arranged: list[Any] = [
        loan.kind == SupportKind.LOAN, loan.state == SupportState.ARRANGED,
        case.state != CaseState.CLOSED, ~col(case.is_minor), mine, agreed,
    ]  # fmt: skip
    of_cases = select(case, loan).join(loan, col(loan.case_id) == case.id).where(*arranged)
    found = await session.exec(of_cases.order_by(col(case.case_number), col(loan.id)))
    return [(one, line) for one, line in found.all()]
