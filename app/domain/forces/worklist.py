"""Teams that wait: those that were proposed."""

from app.db.tables.forces import Team, TeamState
from app.domain.actor import Permission
from app.domain.worklists import Waiting

WAITING = (
    Waiting(
        kind="team_proposed", table=Team, permission=Permission.TEAM_TRANSITION,
        where=lambda team: team.state == TeamState.PROPOSED, title=lambda team: team.name,
    ),
)  # fmt: skip
