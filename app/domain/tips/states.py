"""The states of a tip, from received to closed; no transition refuses it (Đ.145)."""

from app.db.tables.tips import TipState
from app.domain.records.state_machine import StateMachine, Transition

_S = TipState
DECIDED = ("take_up", "decide_prosecute", "decide_not", "suspend", "resume")  # for investigators

TIP_LIFE = StateMachine(
    Transition("record", {_S.RECEIVED}, _S.RECORDED),
    Transition("triage", {_S.RECORDED}, _S.TRIAGED),
    Transition("handle_locally", {_S.TRIAGED}, _S.HANDLED_LOCALLY),
    Transition("forward", {_S.TRIAGED}, _S.FORWARDED, needs_reason=True),
    Transition("take_up", {_S.TRIAGED, _S.TRANSFERRED}, _S.WITH_INVESTIGATOR),
    Transition(
        "decide_prosecute", {_S.WITH_INVESTIGATOR}, _S.DECIDED_PROSECUTE,
        needs_reason=True, needs_document=True,
    ),
    Transition(
        "decide_not", {_S.WITH_INVESTIGATOR}, _S.DECIDED_NOT,
        needs_reason=True, needs_document=True,
    ),
    Transition("suspend", {_S.WITH_INVESTIGATOR}, _S.SUSPENDED, needs_reason=True),
    Transition("resume", {_S.SUSPENDED}, _S.WITH_INVESTIGATOR),
    Transition(
        "notify_informant",
        {_S.DECIDED_PROSECUTE, _S.DECIDED_NOT, _S.HANDLED_LOCALLY, _S.FORWARDED},
        _S.INFORMANT_NOTIFIED,
    ),
    Transition("close", {_S.INFORMANT_NOTIFIED}, _S.CLOSED),
)  # fmt: skip
