"""The steps in the life of a team, of somebody in it, and of a committee."""

from enum import StrEnum

from app.db.tables.committees import CommitteeState
from app.db.tables.forces import TeamState
from app.db.tables.team_members import MemberState
from app.domain.records.machine import Machine, Step

_T, _M, _C = TeamState, MemberState, CommitteeState
STANDING = (_T.ESTABLISHED, _T.OPERATING, _T.REORGANISED)
COUNTED = (_M.RECOGNISED, _M.ACTIVE)  # who is in a team, as far as its size goes
OPEN = (_M.APPLIED, _M.SELECTED, *COUNTED)
NEVER_IN = (_M.APPLIED, _M.SELECTED)
DECIDED = ("recognise", "remove")  # what only who decides on members may do

TEAM_LIFE = Machine(
    Step("establish", {_T.PROPOSED}, _T.ESTABLISHED),
    Step("decline", {_T.PROPOSED}, _T.DECLINED, needs_reason=True),
    Step("begin", {_T.ESTABLISHED, _T.REORGANISED}, _T.OPERATING),
    Step("reorganise", set(STANDING), _T.REORGANISED),
    Step("dissolve", set(STANDING), _T.DISSOLVED, needs_reason=True, needs_document=True),
)
MEMBERSHIP = Machine(
    Step("select", {_M.APPLIED}, _M.SELECTED),
    Step("recognise", {_M.SELECTED}, _M.RECOGNISED),
    Step("begin", {_M.RECOGNISED}, _M.ACTIVE),
    Step("resign", {_M.RECOGNISED, _M.ACTIVE}, _M.RESIGNED, needs_reason=True),
    Step("remove", {_M.ACTIVE}, _M.REMOVED, needs_reason=True),
    Step("end", set(OPEN), _M.ENDED, needs_reason=True),
)
COMMITTEE_LIFE = Machine(
    Step("reorganise", {_C.ESTABLISHED, _C.REORGANISED}, _C.REORGANISED),
    Step("dissolve", {_C.ESTABLISHED, _C.REORGANISED}, _C.DISSOLVED, needs_reason=True),
)


class SizeFlag(StrEnum):
    """How the size of a team stands to the rule of its province."""

    NONE = "none"  # there is no rule
    KEPT = "kept"
    UNDER = "under"
    OVER = "over"
