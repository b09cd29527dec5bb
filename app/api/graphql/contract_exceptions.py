"""Where today's published schema differs from what is derived; gone once it may change."""

from pydantic import BaseModel

from app.domain.forces.schemas import Tally as TeamTally

TYPE_NAMES: dict[type[BaseModel], str] = {TeamTally: "TeamTally"}
NEVER_NULL = {"team_tally"}
ARGUMENT_NAMES = {("add_member", "id"): "team_id"}
DESCRIPTIONS: dict[str, str] = {
    "team": "One team of your units.",
    "teams": "The teams and groups of your units, a page at a time.",
    "team_member": "One member of a team of your units.",
    "team_members": "Who is in the teams of your units, a page at a time.",
    "team_size_rule": "One rule on the size of teams.",
    "team_size_rules": "The rules on the size of teams, a page at a time.",
    "committee": "One steering committee of your units.",
    "committees": "The steering committees of your units, a page at a time.",
}
