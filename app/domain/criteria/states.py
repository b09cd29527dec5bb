"""The steps in the life of a criteria set, of a round, and of an evaluation."""

from app.db.tables.criteria import EvaluationState, RoundState, SetState
from app.domain.actor import Permission
from app.domain.records.state_machine import StateMachine, Transition

_E, _P = EvaluationState, Permission
VERIFY, DECIDE = _P.EVALUATION_VERIFY, _P.EVALUATION_DECIDE
WRITABLE = (_E.REGISTERED, _E.SELF_ASSESSED, _E.RETURNED)  # its answers may change
RECOGNISED = (_E.DECIDED, _E.PUBLISHED)

SET_LIFE = StateMachine(
    Transition("publish", {SetState.DRAFT}, SetState.PUBLISHED),
    Transition("supersede", {SetState.PUBLISHED}, SetState.SUPERSEDED, needs_reason=True),
)
ROUND_LIFE = StateMachine(
    Transition("close", {RoundState.OPEN}, RoundState.CLOSED),
    Transition("reopen", {RoundState.CLOSED}, RoundState.OPEN, needs_reason=True),
)
EVALUATION_LIFE = StateMachine(
    Transition("assess", {_E.REGISTERED, _E.RETURNED}, _E.SELF_ASSESSED),
    Transition("submit", {_E.SELF_ASSESSED}, _E.SUBMITTED),
    Transition("verify", {_E.SUBMITTED}, _E.VERIFIED, permission=VERIFY),
    Transition(
        "return", {_E.SUBMITTED, _E.VERIFIED}, _E.RETURNED, needs_fields=("criteria",),
        permission=VERIFY,
    ),
    Transition("decide", {_E.VERIFIED}, _E.DECIDED, permission=DECIDE),
    Transition("publish", {_E.DECIDED}, _E.PUBLISHED, permission=DECIDE),
    Transition("appeal", {_E.DECIDED, _E.PUBLISHED}, _E.APPEALED, needs_reason=True),
    Transition("uphold", {_E.APPEALED}, _E.DECIDED, needs_reason=True, permission=DECIDE),
    Transition(
        "amend", {_E.DECIDED, _E.PUBLISHED, _E.APPEALED}, _E.RETURNED, needs_reason=True,
        needs_fields=("criteria",), permission=DECIDE,
    ),
    Transition("close", {*WRITABLE, _E.SUBMITTED}, _E.CLOSED, needs_reason=True),
)  # fmt: skip
# the end of an evaluation whose unit went into another one within the round
SUCCESSION = StateMachine(Transition("close", {*WRITABLE, _E.SUBMITTED, _E.VERIFIED}, _E.CLOSED))
OF_STANDING = ("assess", "submit", "verify", "decide")  # steps that an ended unit takes no more
ON_ANSWERS = ("return", "decide", "amend")  # steps for which the answers are read
BY_VERIFIERS = ("verify",)
BY_DECIDERS = ("decide", "publish", "uphold", "amend")
