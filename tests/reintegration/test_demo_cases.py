"""The cases of the demo: loaded once, in all states, of invented people alone."""

from collections import Counter

from sqlmodel import select

from app.db.tables.reintegration import ReintegrationCase
from app.demo.accounts import load_demo_accounts
from app.demo.cases import load_demo_cases
from app.domain.actor import Role
from app.domain.deadlines.shipped_rules import load_deadline_rules
from tests.application import Application, runner
from tests.conftest import copy_database


def test_demo_has_cases_in_all_states_once(worker: str) -> None:
    with Application.on(copy_database("atlas", f"demo_cases_{worker}")) as application:
        inside = application.app.state.resources

        async def load() -> int:
            async with application.behind() as session:
                await load_deadline_rules(session)
            async with inside.database.write_transaction() as session:
                people = await load_demo_accounts(session, inside.settings, inside.reception.seal)
            return await load_demo_cases(inside.database, inside.cases, people)

        assert [runner().run(load()), runner().run(load())] == [6, 0]
        chief = application.at(Role.APPROVER, code="01843")
        assert chief.get("/api/v1/unattended-cases").json()["items"] == []  # their worker is there
        colleague = application.at(Role.CASE_WORKER, code="01843")  # without a part
        assert colleague.get("/api/v1/reintegration-cases").json()["items"] == []
        assert runner().run(count_states(application)) == {
            "notified": 1, "verified": 1, "intake": 1, "supporting": 2, "closed": 1,
        }  # fmt: skip


async def count_states(application: Application) -> Counter[str]:
    async with application.behind() as session:
        return Counter((await session.exec(select(ReintegrationCase.state))).all())
