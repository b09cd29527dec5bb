"""The states a change of the map goes through, and the steps between them."""

from app.db.tables.units import ReorganisationKind as Kind
from app.db.tables.units import ReorganisationState as State
from app.domain.records.state_machine import StateMachine, Transition

LIFE = StateMachine(
    Transition("commit", {State.DRAFT}, State.COMMITTED),
    Transition("reverse", {State.COMMITTED}, State.REVERSED, needs_reason=True),
)
DONE: StateMachine[State] = (
    StateMachine()
)  # a reversal is itself not reversed: what it undid is drafted anew


def life_of(kind: Kind) -> StateMachine[State]:
    """The steps that a change of this kind may take."""
    return DONE if kind is Kind.REVERSAL else LIFE
