"""Random facts of every measure, for figures over a map that is redrawn."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any
from uuid import UUID, uuid4

from sqlmodel import SQLModel

from app.db.base import INFINITY, MINUS_INFINITY
from app.db.tables.commendations import (
    Commendation,
    CommendationForm,
    CommendationState,
    CommendingAuthority,
    Exemplar,
    RecipientKind,
    SubjectKind,
)
from app.db.tables.committees import Committee, CommitteeScope, CommitteeState
from app.db.tables.documents import Document, DocumentKind, DocumentState
from app.db.tables.forces import Team, TeamKind, TeamState
from app.db.tables.quantities import Quantity
from app.db.tables.team_members import MemberState, TeamMember, TeamRole, TeamTerm
from app.db.tables.tips import Tip, TipChannel, TipKind
from app.db.tables.units import UnitLevel
from app.domain.units.shape import today
from tests.domain.units.give import Land

DAYS = 75
VOID = {"voided_at": datetime(2026, 1, 1, tzinfo=UTC), "voided_by": "x", "void_reason": "x"}


class Facts:
    """Makes facts of units on random days; some are voided."""

    def __init__(self, dice: Random, units: Sequence[UUID]) -> None:
        self.dice, self.units = dice, units
        self.makers = (
            self._team, self._team, self._committee, self._document, self._award, self._exemplar,
            self._tip, self._tip,
        )  # fmt: skip

    def make(self, number: int) -> list[SQLModel]:
        """Make so many facts, with the rows that belong to them."""
        return [row for _ in range(number) for row in self.dice.choice(self.makers)()]

    def _day(self) -> date:
        return today() - timedelta(self.dice.randrange(DAYS))

    def _pick_unit(self) -> dict[str, Any]:
        void = VOID if self.dice.random() < 0.15 else {}
        return {"unit_id": self.dice.choice(self.units), **void}

    def _team(self) -> list[SQLModel]:
        begun, ended = self._day(), self._day()
        over = ended >= begun and self.dice.random() < 0.4
        team = Team(
            kind=self.dice.choice(list(TeamKind)), name=uuid4().hex, source="x", search_key="x",
            state=TeamState.DISSOLVED if over else TeamState.OPERATING, established_on=begun,
            dissolved_on=ended if over else None, **self._pick_unit(),
        )  # fmt: skip
        rows: list[SQLModel] = [team]
        for since in {MINUS_INFINITY, self._day()} if self.dice.random() < 0.7 else ():
            rows.append(Quantity(
                resource="team", resource_id=team.id, field="counted_size", valid_from=since,
                value=self.dice.choice([None, 0, 3, 8]), recorded_by="x",
            ))  # fmt: skip
        return [*rows, *(self._member(team) if self.dice.random() < 0.3 else ())]

    def _member(self, team: Team) -> list[SQLModel]:
        member = TeamMember(
            team_id=team.id, unit_id=team.unit_id, name="x", state=MemberState.ACTIVE
        )
        since = self._day()
        until = self.dice.choice([INFINITY, since + timedelta(9)])
        return [member, TeamTerm(
            team_id=team.id, member_id=member.id, role=TeamRole.MEMBER, since=since, until=until,
        )]  # fmt: skip

    def _committee(self) -> list[SQLModel]:
        day = self._day()
        return [Committee(
            scope=CommitteeScope.MODEL, model_code=uuid4().hex, name=uuid4().hex,
            chair_position="x", size=self.dice.randrange(1, 30), established_on=day, since=day,
            state=CommitteeState.ESTABLISHED, name_key=uuid4().hex, **self._pick_unit(),
        )]  # fmt: skip

    def _document(self) -> list[Document]:
        day = self._day()
        return [Document(
            kind=self.dice.choice(list(DocumentKind)), title="x", issued_on=day,
            issued_year=day.year, issuer="x", level=UnitLevel.COMMUNE, search_key="x",
            state=self.dice.choice([DocumentState.ISSUED, DocumentState.DRAFT]),
            **self._pick_unit(),
        )]  # fmt: skip

    def _award(self) -> list[SQLModel]:
        [paper] = self._document()
        return [paper, Commendation(
            recipient_kind=RecipientKind.COLLECTIVE, recipient_name="x", search_key="x",
            form=self.dice.choice(list(CommendationForm)), level=UnitLevel.COMMUNE,
            authority=CommendingAuthority.MINISTRY, achievement="x", awarded_on=self._day(),
            state=CommendationState.AWARDED, document_id=paper.id, **self._pick_unit(),
        )]  # fmt: skip

    def _exemplar(self) -> list[SQLModel]:
        return [Exemplar(
            subject_kind=SubjectKind.UNIT, subject_name="x", year=today().year - 1,
            level=UnitLevel.COMMUNE, description="x", search_key="x", **self._pick_unit(),
        )]  # fmt: skip

    def _tip(self) -> list[SQLModel]:
        unit, day = self.dice.choice(self.units), self._day()
        resolved = self.dice.random() < 0.5
        return [Tip(
            unit_id=unit, received_unit_id=unit, received_on=day, channel=TipChannel.ONLINE,
            kind=self.dice.choice(list(TipKind)), is_useful=self.dice.choice([None, True, False]),
            resolved_on=day if resolved else None,
            resolved_in_time=self.dice.choice([True, False]) if resolved else None,
        )]  # fmt: skip


def enter_facts(land: Land, dice: Random, units: Sequence[UUID], number: int) -> None:
    """Enter random facts of units."""

    async def enter() -> None:
        for row in Facts(dice, units).make(number):
            land.session.add(row)
            await land.session.flush()

    land.run(enter())
