"""The states a change of the map goes through, and the steps between them."""

from app.db.tables.units import ReorganisationKind as Kind
from app.db.tables.units import ReorganisationState as State

# A reversal is itself not reversed: what it undid is drafted anew.
STEPS: dict[tuple[State, Kind], list[str]] = {
    (State.DRAFT, Kind.REORGANISATION): ["commit"],
    (State.DRAFT, Kind.CORRECTION): ["commit"],
    (State.COMMITTED, Kind.REORGANISATION): ["reverse"],
    (State.COMMITTED, Kind.CORRECTION): ["reverse"],
}


def allowed_actions(state: State, kind: Kind) -> list[str]:
    """What may be done next."""
    return STEPS.get((state, kind), [])
