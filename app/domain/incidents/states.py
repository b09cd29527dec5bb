"""The steps of an incident; each may be taken again after a reopening, and the log has them all."""

from app.db.tables.incident_terms import IncidentState
from app.domain.records.state_machine import StateMachine, Transition

_S = IncidentState
LIFE = StateMachine(
    Transition("verify", {_S.REPORTED}, _S.VERIFYING),
    Transition("confirm", {_S.VERIFYING}, _S.CONFIRMED),
    Transition("dismiss", {_S.VERIFYING}, _S.UNFOUNDED, needs_reason=True),
    Transition("resolve", {_S.CONFIRMED}, _S.RESOLVED, needs_fields=("result",)),
    Transition("close", {_S.RESOLVED}, _S.CLOSED),
    Transition("reopen", {_S.UNFOUNDED, _S.RESOLVED, _S.CLOSED}, _S.VERIFYING, needs_reason=True),
)
