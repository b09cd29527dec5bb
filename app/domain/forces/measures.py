"""Measures of forces: groups, their members, committees."""

from typing import Any

from sqlalchemy import ColumnElement, func, literal_column, select

from app.db.aliases import alias_table
from app.db.query.shape import Row
from app.db.tables.committees import Committee, FormerCommittee
from app.db.tables.forces import Team
from app.db.tables.team_members import TeamTerm
from app.domain.forces.committee_shape import COMMITTEE
from app.domain.forces.shape import TEAM
from app.domain.records.dimensions import by_columns
from app.domain.records.measures import Measure, between
from app.domain.records.quantities import quantity_of

COUNTED_SIZE = quantity_of("counted_size")
STANDING = between("established_on", "dissolved_on")


def _size_of_team(team: Row, day: Any) -> ColumnElement[Any]:
    """Count the members of a team on a day, else take the number that was stated for it."""
    term: Row = alias_table(TeamTerm)
    members = select(func.count()).where(
        term.team_id == team.id, term.since <= day, term.until > day, term.voided_at.is_(None)
    )
    counted = members.correlate_except(term).scalar_subquery()
    return func.coalesce(func.nullif(counted, literal_column("0")), COUNTED_SIZE(team, day))


def _size_of_committee(committee: Row, day: Any) -> ColumnElement[Any]:
    """Return the size of a committee on a day; before it was reorganised it had another."""
    former: Row = alias_table(FormerCommittee)
    known = select(func.max(former.size)).where(
        former.committee_id == committee.id, former.since <= day, former.until > day
    )
    return func.coalesce(known.correlate_except(former).scalar_subquery(), committee.size)


GROUPS = Measure(
    code="groups", shape=TEAM, dated=STANDING, dimensions=by_columns(Team, "kind"),
)  # fmt: skip
GROUP_MEMBERS = Measure(
    code="group_members", shape=TEAM, dated=STANDING, value_on=_size_of_team,
    dimensions=by_columns(Team, "kind"),
)  # fmt: skip
COMMITTEES = Measure(
    code="committees", shape=COMMITTEE, dated=STANDING, dimensions=by_columns(Committee, "scope"),
)  # fmt: skip
COMMITTEE_MEMBERS = Measure(
    code="committee_members", shape=COMMITTEE, dated=STANDING, value_on=_size_of_committee,
    dimensions=by_columns(Committee, "scope code"),
)  # fmt: skip
MEASURES = (GROUPS, GROUP_MEMBERS, COMMITTEES, COMMITTEE_MEMBERS)
