"""Rules on transfers of tips: which tips, and to which units."""

from app.db.tables.tips import Tip, TipState
from app.db.tables.units import Unit, UnitLevel
from app.domain.confidential.transfers.errors import InvalidTarget
from app.domain.deadlines.days import today
from app.domain.records.schemas import TransitionInput
from app.domain.records.state_machine import AppliedTransition, StateMachine, Transition
from app.domain.tips.transfers.errors import NotTransferable

# The transition that a tip takes by an accepted offer, and no other way.
TRANSFER = StateMachine(Transition("transfer", {TipState.TRIAGED}, TipState.TRANSFERRED))


def check_tip(tip: Tip) -> None:
    """Refuse to transfer a tip that has not been triaged."""
    if tip.state is not TipState.TRIAGED:
        raise NotTransferable(state=tip.state.value)


def check_target(tip: Tip, unit: Unit) -> None:
    """Refuse a unit that cannot have a tip, or must not."""
    if unit.id == tip.unit_id:
        en, vi = "The tip is held there already.", "Tin đang ở đơn vị này."
        raise InvalidTarget("held_there", en, vi)
    if unit.level is UnitLevel.VILLAGE:
        en, vi = "A village is too close to informants.", "Thôn, tổ dân phố ở quá gần người báo."
        raise InvalidTarget("not_to_a_village", en, vi)


def take_transfer(tip: Tip) -> AppliedTransition:
    """Take the transition of a tip whose offer is accepted."""
    words = TransitionInput(action="transfer")
    step = TRANSFER.apply(tip.state, words, effective_on=today())
    tip.state = TipState(step.to_state)
    return step
