"""A scenario with the tips of a commune and callers around it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import httpx

from app.db.tables.tips import TipState
from app.domain.actor import Actor, Level, Role
from tests.application import SESSION, Application, Caller, runner
from tests.audit.give import rows
from tests.give import PAPER, Country
from tests.tips.fixtures import give_tip

TIPS = "/api/v1/tips"
ME, OTHER = "somebody", "somebody else"
SUSPENSION = {
    "reason": "Chờ kết quả giám định", "basis": "expert_opinion", "document_id": str(PAPER),
}  # fmt: skip
SETTLED = {"result": "reminded"}
DECISION = {"reason": "Có dấu hiệu tội phạm", "document_id": str(PAPER)}


@dataclass(frozen=True)
class TipScenario:
    """The small country, its tips and their callers."""

    application: Application
    country: Country
    url: str

    def who(self, *roles: Role, of: str = "1.1", subject: str = ME) -> Caller:
        unit = self.country[of]
        level = Level(self.country.levels[unit])
        actor = Actor(subject, frozenset(roles), level, unit, "tests", (), SESSION, 1)
        token = self.application.app.state.resources.tokens.issue(actor, minutes=600)
        return Caller(self.application, {"authorization": f"Bearer {token}"})

    @property
    def officer(self) -> Caller:
        return self.who(Role.TIP_OFFICER)

    @property
    def investigator(self) -> Caller:
        return self.who(Role.INVESTIGATOR)

    def tip(self, of: str = "1.1", *, mine: bool = True, **more: Any) -> UUID:
        """Insert a tip that a unit holds, assigned to the caller by default; return its id."""
        return self.tip_with_receipt(of, mine=mine, **more)[0]

    def tip_with_receipt(
        self, of: str = "1.1", *, mine: bool = True, **more: Any
    ) -> tuple[UUID, str]:
        subject = ME if mine else None
        return give_tip(self.application, self.country[of], assigned_to=subject, **more)

    def now(self, tip: UUID, **terms: Any) -> dict[str, Any]:
        """Read a tip as an investigator of the first commune."""
        found: dict[str, Any] = self.investigator.get(f"{TIPS}/{tip}", **terms).json()
        return found

    def step(self, caller: Caller, tip: UUID, action: str, **more: Any) -> httpx.Response:
        return caller.move(f"{TIPS}/{tip}", {"action": action} | more)

    def in_state(self, state: TipState, **more: Any) -> UUID:
        return self.tip(state=state, **more)

    def rows(self, sql: str, *values: Any) -> list[Mapping[str, Any]]:
        """Read rows as the owner of the database."""
        return runner().run(rows(self.url, sql, *values))

    def hand_over(self, tip: UUID, to: str, *shared: str) -> None:
        """Move a tip to another unit, as an accepted offer does."""
        self.rows(
            "UPDATE tip SET unit_id = $2, shared = $3, state = 'transferred' WHERE id = $1",
            tip, self.country[to], list(shared),
        )  # fmt: skip


def code_of(answer: Any) -> str:
    """Return the code of a GraphQL refusal."""
    found: str = answer["errors"][0]["extensions"]["code"]
    return found
