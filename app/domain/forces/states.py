"""The steps in the life of a team, of somebody in it, and of a committee."""

from enum import StrEnum

from app.db.tables.committees import CommitteeState
from app.db.tables.forces import TeamState
from app.db.tables.team_members import MemberState
from app.domain.actor import Permission
from app.domain.records.state_machine import StateMachine, Transition

_T, _M, _C = TeamState, MemberState, CommitteeState
STANDING = (_T.ESTABLISHED, _T.OPERATING, _T.REORGANISED)
COUNTED = (_M.RECOGNISED, _M.ACTIVE)  # who is in a team, as far as its size goes
OPEN = (_M.APPLIED, _M.SELECTED, *COUNTED)
NEVER_IN = (_M.APPLIED, _M.SELECTED)
DECIDE = Permission.TEAM_MEMBER_DECIDE

TEAM_LIFE = StateMachine(
    Transition("establish", {_T.PROPOSED}, _T.ESTABLISHED),
    Transition("decline", {_T.PROPOSED}, _T.DECLINED, needs_reason=True),
    Transition("begin", {_T.ESTABLISHED, _T.REORGANISED}, _T.OPERATING),
    Transition("reorganise", set(STANDING), _T.REORGANISED),
    Transition("dissolve", set(STANDING), _T.DISSOLVED, needs_reason=True, needs_document=True),
)
MEMBERSHIP = StateMachine(
    Transition("select", {_M.APPLIED}, _M.SELECTED),
    Transition("recognise", {_M.SELECTED}, _M.RECOGNISED, permission=DECIDE),
    Transition("begin", {_M.RECOGNISED}, _M.ACTIVE),
    Transition("resign", {_M.RECOGNISED, _M.ACTIVE}, _M.RESIGNED, needs_reason=True),
    Transition("remove", {_M.ACTIVE}, _M.REMOVED, needs_reason=True, permission=DECIDE),
    Transition("end", set(OPEN), _M.ENDED, needs_reason=True),
)
COMMITTEE_LIFE = StateMachine(
    Transition("reorganise", {_C.ESTABLISHED, _C.REORGANISED}, _C.REORGANISED),
    Transition("dissolve", {_C.ESTABLISHED, _C.REORGANISED}, _C.DISSOLVED, needs_reason=True),
    Transition("follow", {_C.ESTABLISHED, _C.REORGANISED}, _C.REORGANISED, needs_fields=("unit",)),
)


class SizeFlag(StrEnum):
    """Size of a team compared with the rule of its province."""

    NONE = "none"  # there is no rule
    KEPT = "kept"
    UNDER = "under"
    OVER = "over"
