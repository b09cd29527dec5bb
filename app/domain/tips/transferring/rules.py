"""Decisions about transfers: where a tip may go, how much of it, and whose step it is."""

from collections.abc import Sequence

from app.db.base import PLACE
from app.db.tables.tip_transfers import TransferState
from app.db.tables.tips import Tip, TipPart, TipState
from app.db.tables.units import Unit, UnitLevel
from app.domain.records.state_machine import StateMachine, Transition
from app.domain.tips.transferring.errors import NotThere, NotToBeMoved, NotYoursToShare

_S = TransferState
OFFER_LIFE = StateMachine(
    Transition("accept", {_S.OFFERED}, _S.ACCEPTED),
    Transition("decline", {_S.OFFERED}, _S.DECLINED, needs_reason=True),
    Transition("withdraw", {_S.OFFERED}, _S.WITHDRAWN),
)
# The step that a tip takes by an accepted offer, and no other way.
TIP_MOVES = StateMachine(Transition("transfer", {TipState.TRIAGED}, TipState.TRANSFERRED))
BY_OFFERER = ("withdraw",)


def check_tip(state: TipState) -> None:
    """Only a tip that has been triaged is handed over."""
    if state is not TipState.TRIAGED:
        raise NotToBeMoved(state=state.value)


def check_target(tip: Tip, unit: Unit) -> None:
    """Refuse a unit that cannot have a tip, or must not."""
    if unit.id == tip.unit_id:
        raise NotThere("held_there", "The tip is held there already.", "Tin đang ở đơn vị này.")
    if unit.level is UnitLevel.VILLAGE:
        en, vi = "A village is too close to informants.", "Thôn, tổ dân phố ở quá gần người báo."
        raise NotThere("not_to_a_village", en, vi)
    if tip.excluded_unit_id and tip.excluded_unit_id in (
        unit.id,
        *(getattr(unit, above) for above in PLACE),
    ):
        en = "The informant has excluded this unit, or the tip is about its officials."
        vi = "Người báo đã loại trừ đơn vị này, hoặc tin nói về cán bộ của đơn vị này."
        raise NotThere("excluded", en, vi)


def parts_of(tip: Tip, wanted: Sequence[TipPart]) -> list[str]:
    """The parts that go along; nobody shares what was not shared with him."""
    if missing := sorted({part.value for part in wanted} - set(tip.shared)):
        raise NotYoursToShare(missing, sorted(tip.shared))
    return [part.value for part in TipPart if part in wanted]
