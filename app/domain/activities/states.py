"""The steps of an activity and of a task."""

from app.db.tables.activity_terms import ActivityState
from app.db.tables.campaigns import TaskState
from app.domain.actor import Permission
from app.domain.records.state_machine import StateMachine, Transition

_A, _T = ActivityState, TaskState
VERIFY = Permission.ACTIVITY_VERIFY
PLANS = (_A.PLANNED, _A.APPROVED, _A.CANCELLED)
OPEN = (_A.PLANNED, _A.APPROVED, _A.HELD, _A.REPORTED)  # to be corrected
LIFE = StateMachine(
    Transition("approve", {_A.PLANNED}, _A.APPROVED, permission=VERIFY),
    Transition("hold", {_A.PLANNED, _A.APPROVED}, _A.HELD),
    Transition("cancel", {_A.PLANNED, _A.APPROVED}, _A.CANCELLED, needs_reason=True),
    Transition("report", {_A.HELD}, _A.REPORTED),
    Transition("return", {_A.REPORTED}, _A.HELD, needs_reason=True, permission=VERIFY),
    Transition("verify", {_A.REPORTED}, _A.VERIFIED, permission=VERIFY),
)
# What a later record does to this one; nobody takes the step by hand.
FATE = StateMachine(Transition("supersede", {_A.VERIFIED}, _A.SUPERSEDED, needs_reason=True))
TASK_LIFE = StateMachine(
    Transition("complete", {_T.OPEN}, _T.DONE),
    Transition("reopen", {_T.DONE, _T.CANCELLED}, _T.OPEN, needs_reason=True),
    Transition("cancel", {_T.OPEN}, _T.CANCELLED, needs_reason=True),
)
