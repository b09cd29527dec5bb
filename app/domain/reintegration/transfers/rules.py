"""Rules on hand-overs: which cases, and to which units."""

from app.db.tables.reintegration import CaseState, ReintegrationCase
from app.db.tables.reintegration_transfers import HandoverItem
from app.db.tables.units import Unit, UnitLevel
from app.domain.confidential.transfers.errors import InvalidTarget
from app.domain.deadlines.days import today
from app.domain.records.schemas import TransitionInput
from app.domain.records.state_machine import AppliedTransition, StateMachine, Transition
from app.domain.reintegration.states import OPEN
from app.domain.reintegration.transfers.errors import CaseNotMovable

_S = CaseState
# The step that a case takes by an accepted offer: the new unit begins with its own intake.
HANDOVER = StateMachine(
    *(
        Transition("hand_over", {state}, _S.INTAKE if state is _S.SUPPORTING else state)
        for state in OPEN
    )
)


def check_case(case: ReintegrationCase) -> None:
    """Refuse to hand over a case that is closed."""
    if case.state not in OPEN:
        raise CaseNotMovable()


def check_target(case: ReintegrationCase, unit: Unit) -> None:
    """Refuse a unit that cannot have a case."""
    if unit.id == case.unit_id:
        raise InvalidTarget("held_there", "The case is held there already.", "Hồ sơ đang ở đó.")
    if unit.level is UnitLevel.VILLAGE:
        en, vi = "Villages hold no cases; name the commune.", "Thôn không giữ hồ sơ; hãy chọn xã."
        raise InvalidTarget("not_to_a_village", en, vi)


def list_items(case: ReintegrationCase) -> list[str]:
    """List what can be handed over of a case: all of it."""
    return [item.value for item in HandoverItem]


def take_handover(case: ReintegrationCase) -> AppliedTransition:
    """Take the step of a case whose offer is accepted."""
    words = TransitionInput(action="hand_over")
    step = HANDOVER.apply(case.state, words, effective_on=today())
    case.state = CaseState(step.to_state)
    return step
