"""A scenario with officers and custodians, and its tables."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import text

from app.db.base import now
from app.db.session import execute
from app.domain.actor import Actor, Role
from tests.application import SESSION, Application, Caller, runner
from tests.give import Country

TWO_FACTORS = ("pwd", "otp")


@dataclass(frozen=True)
class IdentityScenario:
    """An application and its country, by the paths of its units."""

    application: Application
    country: Country

    def person(
        self, subject: str, place: str, *roles: Role, methods: Sequence[str] = TWO_FACTORS,
        minutes_ago: float = 1,
    ) -> Caller:  # fmt: skip
        """Return a caller of a unit who signed in some minutes ago."""
        unit = self.country[place]
        actor = Actor(
            subject, frozenset(roles), self.country.levels[unit], unit, "tests", (), SESSION, 1,
            methods=tuple(methods), signed_in_at=now() - timedelta(minutes=minutes_ago),
        )  # fmt: skip
        token = self.application.app.state.resources.tokens.issue(actor, minutes=600)
        return Caller(self.application, {"authorization": f"Bearer {token}"})

    def officer(self, subject: str = "officer", place: str = "1.1", **how: Any) -> Caller:
        return self.person(subject, place, Role.TIP_OFFICER, **how)

    def custodian(self, subject: str = "custodian", place: str = "1", **how: Any) -> Caller:
        return self.person(subject, place, Role.IDENTITY_CUSTODIAN, **how)

    def rows(self, sql: str, **values: Any) -> list[Any]:
        """Read rows as the owner of the database."""

        async def fetch() -> list[Any]:
            async with self.application.behind() as session:
                answer = await execute(session, text(sql), values)
                return list(answer.mappings()) if answer.returns_rows else []

        return runner().run(fetch())

    def row(self, table: str, id: UUID | str) -> Any:
        (found,) = self.rows(f"SELECT * FROM {table} WHERE id = :id", id=UUID(str(id)))
        return found
