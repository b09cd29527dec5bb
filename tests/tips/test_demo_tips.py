"""The tips of the demo: loaded once, in many states, and readable by receipt."""

from collections import Counter

from app.demo.accounts import load_demo_accounts
from app.demo.tips import load_demo_tips
from app.domain.actor import Role
from tests.application import Application, runner
from tests.conftest import copy_database


def test_demo_has_tips_in_many_states_once(worker: str) -> None:
    with Application.on(copy_database("atlas", f"demo_tips_{worker}")) as application:
        inside = application.app.state.resources

        async def load() -> str | None:
            async with inside.database.write_transaction() as session:
                people = await load_demo_accounts(session, inside.settings, inside.reception.seal)
            return await load_demo_tips(inside.tips, people)

        receipt, again = runner().run(load()), runner().run(load())
        assert again is None
        officer = application.at(Role.TIP_OFFICER, code="01843")
        states = Counter(
            one["state"] for one in officer.get("/api/v1/tips", limit=100).json()["items"]
        )
        assert states == {
            "received": 4, "recorded": 1, "triaged": 1, "with_investigator": 1, "suspended": 1,
            "closed": 2,
        }  # fmt: skip
        above = application.at(Role.TIP_OFFICER, code="19")
        assert len(above.get("/api/v1/tip-transfers").json()["items"]) == 1
        told = application.nobody.post("/api/v1/public/tips/status", {"receipt": receipt}).json()
        assert (told["state"], [m["from"] for m in told["messages"]]) == ("closed", ["office"])
