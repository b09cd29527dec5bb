"""A scenario with workers of communes, their cases, and a time that tests set."""

import time
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import text

from app.db.base import now
from app.db.session import execute
from app.domain.actor import Actor, Role
from app.domain.deadlines.days import COUNTRY_TIME
from app.domain.deadlines.scheduler import breach_overdue
from app.jobs.quarter_reports import start_reports
from tests.application import SESSION, Application, Caller, runner
from tests.give import Country

CASES, TRANSFERS = "/api/v1/reintegration-cases", "/api/v1/reintegration-transfers"
LONG_AGO, YEARS = datetime(2020, 1, 1, tzinfo=COUNTRY_TIME), 30
CANARY = "Hoàng Canary Không Ai Biết"
PERSON = {
    "name": CANARY, "birth_year": 1991, "address": f"Số 9, ngõ {CANARY}", "phone": "0911-canary",
    "note": f"Ghi chú {CANARY}",
}  # fmt: skip


class Wall:
    """The time of the machine, as tests set it."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self._patch = monkeypatch

    def __call__(self, at: str) -> None:
        moment = datetime.fromisoformat(at).replace(tzinfo=COUNTRY_TIME)
        self._patch.setattr(time, "time", moment.timestamp)


@dataclass(frozen=True)
class CaseScenario:
    """The small country, and who works there; tokens hold at any hour."""

    application: Application
    country: Country

    def who(self, subject: str = "worker", of: str = "1.1", *roles: Role) -> Caller:
        unit = self.country[of]
        actor = Actor(
            subject, frozenset(roles or (Role.CASE_WORKER,)), self.country.levels[unit], unit,
            "tests", (), SESSION, 1, methods=("pwd", "otp"), signed_in_at=now(),
        )  # fmt: skip
        token = self.application.app.state.resources.tokens.issue(
            actor, minutes=YEARS * 366 * 24 * 60, now=LONG_AGO.timestamp()
        )
        return Caller(self.application, {"authorization": f"Bearer {token}"})

    def open(self, worker: Caller, of: str = "1.1", **more: Any) -> dict[str, Any]:
        data = {
            "unit": str(self.country[of]), "basis": "released", "notified_on": "2026-03-02",
            "released_on": "2026-03-01", "person": PERSON,
        }  # fmt: skip
        answer = worker.post(CASES, data | more)
        assert answer.status_code == 201, answer.text
        found: dict[str, Any] = answer.json()
        return found

    def step(self, worker: Caller, case: str, action: str, **more: Any) -> dict[str, Any]:
        answer = worker.move(f"{CASES}/{case}", {"action": action} | more)
        assert answer.status_code == 200, answer.text
        found: dict[str, Any] = answer.json()
        return found

    def read(self, worker: Caller, case: str) -> Any:
        return worker.get(f"{CASES}/{case}/content", purpose="support")

    def rows(self, sql: str, **values: Any) -> list[Any]:
        """Read rows as the owner of the database."""

        async def fetch() -> list[Any]:
            async with self.application.behind() as session:
                answer = await execute(session, text(sql), values)
                return list(answer.mappings()) if answer.returns_rows else []

        return runner().run(fetch())

    def deadlines(self, case: str) -> dict[str, tuple[str, str]]:
        """Return the state and the last day of each deadline of a case, by its rule."""
        sql = "SELECT rule_code, state, due_on FROM deadline WHERE resource_id = :id"
        found = self.rows(sql, id=UUID(case))
        return {row["rule_code"]: (row["state"], row["due_on"].isoformat()) for row in found}

    def watch(self) -> None:
        """Run what marks deadlines that have passed."""

        async def run() -> None:
            database = self.application.app.state.resources.database
            async with database.write_transaction() as session:
                await breach_overdue(session, now() + timedelta(seconds=1))

        runner().run(run())

    def begin_quarter(self) -> None:
        """Run what begins the time limits of a quarter."""
        runner().run(start_reports(self.application.app.state.resources.database))
