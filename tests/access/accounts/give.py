"""People and systems for the tests: with an account, grants, and a session behind their token."""

import asyncio
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import text

from app.db.base import now
from app.db.session import execute
from app.db.tables.auth import Account, AuthSession, Grant
from app.demo.programme_models import national_actor
from app.domain.accounts import grants, service
from app.domain.accounts.schemas import GrantTransition, HolderTransition
from app.domain.actor import Actor, Role
from app.domain.errors import DomainError
from tests.application import Application, Caller, runner
from tests.give import Country

STEP = {"action": "revoke", "reason": "Chuyển công tác"}


@dataclass(frozen=True)
class Person:
    """A person with an account, and their token for one unit."""

    id: UUID
    login: str
    caller: Caller
    session: UUID
    grants: list[UUID] = field(default_factory=list)


@dataclass(frozen=True)
class Town:
    """An application, its country, and the people that a test needs."""

    application: Application
    country: Country

    def person(
        self, *roles: Role, at: str, home: str | None = None, made_by: str = "another"
    ) -> Person:
        """Somebody who serves in these roles for a unit, named by its path."""
        return runner().run(self._person(roles, at, at if home is None else home, made_by))

    def admin(self, at: str) -> Person:
        return self.person(Role.UNIT_ADMIN, at=at)

    async def _person(self, roles: tuple[Role, ...], at: str, home: str, made_by: str) -> Person:
        unit, login = self.country[at], f"p-{uuid4().hex[:10]}"
        async with self.application.app.state.resources.database.write_transaction() as session:
            account = Account(
                login=login, name=f"Người {login}", unit_id=self.country[home],
                created_by=made_by, changed_by=made_by,
            )  # fmt: skip
            session.add(account)
            await session.flush()
            given = [Grant(account_id=account.id, role=role, unit_id=unit) for role in roles]
            held = AuthSession(
                account_id=account.id, unit_id=unit, expires_at=now() + timedelta(hours=1)
            )
            session.add_all([*given, held])
        level = self.country.levels[unit]
        actor = Actor(str(account.id), frozenset(roles), level, unit, "tests", (), held.id, 1)
        token = self.application.app.state.resources.tokens.issue(actor, minutes=60)
        caller = Caller(self.application, {"authorization": f"Bearer {token}"})
        return Person(account.id, login, caller, held.id, [grant.id for grant in given])

    def rows(self, statement: str, **values: Any) -> list[Any]:
        return runner().run(self._rows(statement, values))

    async def _rows(self, statement: str, values: Any) -> list[Any]:
        async with self.application.behind() as session:
            found = await execute(session, text(statement), values)
            return list(found.all()) if found.returns_rows else []

    def role(self, to: Person, role: Role, at: str, **more: Any) -> dict[str, Any]:
        """Return the body that grants a person a role for a unit."""
        unit = str(self.country[at])
        return {"account_id": str(to.id), "role": role.value, "unit": unit} | more

    def lives(self, person: Person) -> bool:
        """Return whether the token of a person still opens both layers."""
        told = person.caller.ask("{ me { level } }")
        answers = [
            person.caller.get(path).status_code for path in ("/api/v1/me", "/api/v1/units/VN")
        ]
        open_doors = {
            *(status == 200 for status in answers),
            "errors" not in told and "data" in told,
        }
        assert len(open_doors) == 1
        return open_doors.pop()

    async def by_hand(self, person: Person, what: str) -> str:
        """Revoke or disable somebody at the command line; the code of the refusal, if any."""
        try:
            async with self.application.app.state.resources.database.write_transaction() as session:
                actor = await national_actor(session, Role.UNIT_ADMIN)
                if what == "revoke":
                    step = GrantTransition(**STEP)
                    grant = await session.get(Grant, person.grants[0])
                    await grants.transition_grant(
                        session, actor, person.grants[0], step, grant.version
                    )
                else:
                    off = HolderTransition(action="disable", reason="Nghỉ việc")
                    await service.transition_account(session, actor, person.id, off, 1)
        except DomainError as refused:
            return refused.code
        return ""


def at_once(by: Person, requests: list[tuple[str, Any]]) -> list[int]:
    """The statuses of several requests that are sent at the same moment, to what is version 1."""

    async def all_of_them() -> list[int]:
        application, headers = by.caller.application, by.caller.headers | {"if-match": '"1"'}
        asking = (
            application.answer("POST", path, json=data, headers=headers) for path, data in requests
        )
        return [answer.status_code for answer in await asyncio.gather(*asking)]

    return runner().run(all_of_them())
