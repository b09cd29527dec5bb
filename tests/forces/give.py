"""Teams and who is in them, as an approver of commune 1.1 makes them."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import uuid4

from app.domain.actor import Level, Role
from app.domain.units.shape import today
from tests.application import Application, Caller
from tests.give import PAPER, Country

TEAMS, MEMBERS = "/api/v1/teams", "/api/v1/team-members"
RULES, COMMITTEES = "/api/v1/team-size-rules", "/api/v1/committees"
SINCE = "2024-07-01"
DISSOLVE = {"action": "dissolve", "reason": "Sáp nhập", "document_id": str(PAPER)}


@dataclass(frozen=True)
class Scenario:
    """The small country, and callers in it."""

    application: Application
    country: Country

    def who(self, *roles: Role, of: str = "1.1") -> Caller:
        unit = self.country[of]
        return self.application.caller(*roles, level=Level(self.country.levels[unit]), unit=unit)

    @property
    def approver(self) -> Caller:
        return self.who(Role.APPROVER)

    def team(self, **over: Any) -> dict[str, Any]:
        """Return the body that creates a team of a village."""
        said = {"kind": "protection_team", "unit": str(self.country["1.1.1"])}
        return said | {"name": f"Tổ {uuid4()}", "established_on": SINCE} | over

    def committee(self, **over: Any) -> dict[str, Any]:
        said: dict[str, Any] = {
            "unit": str(self.country["1.1"]),
            "scope": "crime_138",
            "name": f"BCĐ 138 {uuid4()}",
        }
        said |= {"chair_position": "Chủ tịch UBND xã", "size": 12, "established_on": "2021-07-15"}
        return said | over

    def give_team(self, **over: Any) -> dict[str, Any]:
        """A team that is there."""
        answer = self.approver.post(TEAMS, self.team(**over))
        assert answer.status_code == 201, answer.text
        found: dict[str, Any] = answer.json()
        return found

    def give_applicant(self, team: str, name: str = "Người thứ nhất") -> str:
        answer = self.approver.post(f"{TEAMS}/{team}/members", {"name": name})
        assert answer.status_code == 201, answer.text
        return str(answer.json()["id"])

    def step(self, member: str, action: str, on: str = SINCE, **more: Any) -> Any:
        said = {"action": action, "effective_on": on} | more
        return self.approver.move(f"{MEMBERS}/{member}", said)

    def active(self, team: str, role: str = "member", since: str = SINCE) -> str:
        """Somebody who serves in a team since a day."""
        member = self.give_applicant(team)
        for action, more in (("select", {}), ("recognise", {"role": role}), ("begin", {})):
            answer = self.step(member, action, since, **more)
            assert answer.is_success, answer.text
        return member


def day(ago: int) -> str:
    return (today() - timedelta(days=ago)).isoformat()


def code_of(answer: Any) -> str:
    found: str = answer["errors"][0]["extensions"]["code"]
    return found
