"""Transfers of tips, as the shared services of confidential records need them declared."""

from datetime import datetime

from app.db.session import Session
from app.db.tables.tip_transfers import TipTransfer
from app.db.tables.tips import Tip, TipPart
from app.domain.actor import Actor, Permission
from app.domain.confidential.transfers.kinds import TransferKind, TransferRefusals
from app.domain.tips import deadlines
from app.domain.tips.kind import TIP_KIND
from app.domain.tips.rules import CRIMES
from app.domain.tips.transfers import errors, rules


async def _run_deadlines(session: Session, actor: Actor, tip: Tip, at: datetime) -> None:
    """Meet the time limit to hand a tip over; that to resolve a crime begins (Đ.147)."""
    await deadlines.meet_deadline(session, actor, tip.id, deadlines.HANDING_OVER, at)
    if tip.kind in CRIMES:
        await deadlines.start_resolution(session, actor, tip, at)


def _list_shared_parts(tip: Tip) -> list[str]:
    return tip.shared


TIP_TRANSFERS = TransferKind(
    record=TIP_KIND,
    table=TipTransfer,
    permission=Permission.TIP_TRANSFER,
    parts=TipPart,
    summary=("kind", "category", "received_on"),
    accept_function="take_tip",
    check_record=rules.check_tip,
    check_target=rules.check_target,
    parts_shared_with=_list_shared_parts,
    is_known_in_place=lambda tip: not tip.excluded,
    take_transition=rules.take_transfer,
    meet_deadlines=_run_deadlines,
    refusals=TransferRefusals(
        already_offered=errors.AlreadyOffered,
        moved_on=errors.MovedOn,
    ),
)
