"""The states of a change of the map, and the transitions between them."""

from app.db.tables.units import ReorganisationKind as Kind
from app.db.tables.units import ReorganisationState as State
from app.domain.records.state_machine import StateMachine, Transition

LIFE = StateMachine(
    Transition("commit", {State.DRAFT}, State.COMMITTED, needs_fields=("plan_hash",)),
    Transition("withdraw", {State.DRAFT}, State.WITHDRAWN, needs_reason=True),
    Transition("reverse", {State.COMMITTED}, State.REVERSED, needs_reason=True),
)
DONE: StateMachine[State] = (
    StateMachine()
)  # a reversal cannot be reversed: the undone change is drafted again


def life_of(kind: Kind) -> StateMachine[State]:
    """Return the transitions that a change of this kind may take."""
    return DONE if kind is Kind.REVERSAL else LIFE
