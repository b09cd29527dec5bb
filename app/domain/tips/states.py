"""The states of a tip, from received to closed; no transition refuses it (Đ.145)."""

from app.db.tables.tips import TipState
from app.domain.actor import Permission
from app.domain.records.state_machine import StateMachine, Transition

_S = TipState
DECIDE = Permission.TIP_DECIDE  # for investigators

TIP_LIFE = StateMachine(
    Transition("record", {_S.RECEIVED}, _S.RECORDED),
    Transition("triage", {_S.RECORDED}, _S.TRIAGED),
    Transition("handle_locally", {_S.TRIAGED}, _S.HANDLED_LOCALLY, needs_fields=("result",)),
    Transition("forward", {_S.TRIAGED}, _S.FORWARDED, needs_reason=True),
    Transition("take_up", {_S.TRIAGED, _S.TRANSFERRED}, _S.WITH_INVESTIGATOR, permission=DECIDE),
    Transition(
        "decide_prosecute", {_S.WITH_INVESTIGATOR}, _S.DECIDED_PROSECUTE,
        needs_reason=True, needs_document=True, permission=DECIDE,
    ),
    Transition(
        "decide_not", {_S.WITH_INVESTIGATOR}, _S.DECIDED_NOT,
        needs_reason=True, needs_document=True, permission=DECIDE,
    ),
    Transition(
        "suspend", {_S.WITH_INVESTIGATOR}, _S.SUSPENDED,
        needs_reason=True, needs_document=True, needs_fields=("basis",), permission=DECIDE,
    ),
    Transition("resume", {_S.SUSPENDED}, _S.WITH_INVESTIGATOR, permission=DECIDE),
    Transition(
        "notify_informant",
        {_S.DECIDED_PROSECUTE, _S.DECIDED_NOT, _S.HANDLED_LOCALLY, _S.FORWARDED},
        _S.INFORMANT_NOTIFIED, needs_fields=("message",),
    ),
    Transition("close", {_S.INFORMANT_NOTIFIED}, _S.CLOSED),
    Transition("reopen", {_S.INFORMANT_NOTIFIED, _S.CLOSED}, _S.TRIAGED, needs_reason=True),
)  # fmt: skip
