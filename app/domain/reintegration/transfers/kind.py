"""Hand-overs of cases, as the shared services of confidential records need them declared."""

from datetime import datetime

from app.db.session import Session
from app.db.tables.reintegration import ReintegrationCase
from app.db.tables.reintegration_transfers import HandoverItem, ReintegrationTransfer
from app.domain.actor import Actor, Permission
from app.domain.confidential.transfers.kinds import TransferKind, TransferRefusals
from app.domain.reintegration import deadlines, rule_codes
from app.domain.reintegration.kind import CASE_KIND
from app.domain.reintegration.transfers import errors, reply_queries, rules


async def _run_deadlines(
    session: Session, actor: Actor, case: ReintegrationCase, at: datetime
) -> None:
    """Meet the time limit to take a case over; that to name a helper begins again."""
    await reply_queries.move_replies(session, case.id, case.unit_id)
    await deadlines.meet_deadline(session, actor, case.id, rule_codes.HANDOVER, at)
    await deadlines.start_deadline(session, actor, case, rule_codes.HELPER, at)


CASE_TRANSFERS = TransferKind(
    record=CASE_KIND,
    table=ReintegrationTransfer,
    permission=Permission.CASE_TRANSFER,
    parts=HandoverItem,
    summary=("case_number", "basis"),
    accept_function="take_case",
    check_record=rules.check_case,
    check_target=rules.check_target,
    parts_shared_with=rules.list_items,
    take_transition=rules.take_handover,
    meet_deadlines=_run_deadlines,
    refusals=TransferRefusals(
        already_offered=errors.CaseAlreadyOffered, moved_on=errors.CaseMovedOn
    ),
    moved_fields=("state", "unit_id"),
    taker_is_assigned=True,
)
