"""The way of a tip, from being received to being closed; there is no step that refuses it."""

from app.db.tables.tips import TipState
from app.domain.records.machine import Machine, Step

_S = TipState
DECIDED = ("take_up", "decide_prosecute", "decide_not", "suspend", "resume")  # for investigators

TIP_LIFE = Machine(
    Step("record", {_S.RECEIVED}, _S.RECORDED),
    Step("triage", {_S.RECORDED}, _S.TRIAGED),
    Step("handle_locally", {_S.TRIAGED}, _S.HANDLED_LOCALLY),
    Step("forward", {_S.TRIAGED}, _S.FORWARDED, needs_reason=True),
    Step("take_up", {_S.TRIAGED, _S.TRANSFERRED}, _S.WITH_INVESTIGATOR),
    Step(
        "decide_prosecute", {_S.WITH_INVESTIGATOR}, _S.DECIDED_PROSECUTE,
        needs_reason=True, needs_document=True,
    ),
    Step(
        "decide_not", {_S.WITH_INVESTIGATOR}, _S.DECIDED_NOT,
        needs_reason=True, needs_document=True,
    ),
    Step("suspend", {_S.WITH_INVESTIGATOR}, _S.SUSPENDED, needs_reason=True),
    Step("resume", {_S.SUSPENDED}, _S.WITH_INVESTIGATOR),
    Step(
        "notify_informant",
        {_S.DECIDED_PROSECUTE, _S.DECIDED_NOT, _S.HANDLED_LOCALLY, _S.FORWARDED},
        _S.INFORMANT_NOTIFIED,
    ),
    Step("close", {_S.INFORMANT_NOTIFIED}, _S.CLOSED),
)  # fmt: skip
