"""States of organisations."""

from app.db.tables.organisations import OrganisationState
from app.domain.records.state_machine import StateMachine, Transition

S = OrganisationState
LIFE = StateMachine(
    Transition("close", {S.ACTIVE}, S.CLOSED, needs_reason=True),
    Transition("reopen", {S.CLOSED}, S.ACTIVE, needs_reason=True),
)
