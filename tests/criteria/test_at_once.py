"""Approvers at the same moment: one of them takes the step, the others learn so, at both layers."""

import asyncio
from typing import Any

import pytest

from app.domain.actor import Role
from tests.application import Caller, runner
from tests.criteria.scenario import AREA, FULL, Programme

STEP = """mutation($id: UUID!, $expected: Int!) { transitionEvaluation(
    id: $id, expectedVersion: $expected, data: {action: "verify"}) { state version } }"""


def race(programme: Programme, path: str, layers: tuple[str, ...]) -> list[str]:
    """Send one step by several approvers at once; return the answer to each of them."""
    seen = programme.approver.get(path).json()["version"]

    async def send(layer: str, who: Caller) -> str:
        if layer == "rest":
            answer = await who.application.answer(
                "POST", f"{path}/transitions", json={"action": "verify"},
                headers=who.headers | {"if-match": f'"{seen}"'},
            )  # fmt: skip
            return "taken" if answer.status_code == 200 else str(answer.json()["code"])
        asked = {"query": STEP, "variables": {"id": path.split("/")[-1], "expected": seen}}
        told: Any = (await who.application.answer(
            "POST", "/graphql", json=asked, headers=who.headers)).json()  # fmt: skip
        return str(told["errors"][0]["extensions"]["code"]) if "errors" in told else "taken"

    async def send_all() -> list[str]:
        people = [programme.at("1.1", Role.APPROVER) for _ in layers]
        return list(await asyncio.gather(*map(send, layers, people)))

    return runner().run(send_all())


@pytest.mark.parametrize("layers", [("rest",) * 4, ("graphql",) * 4, ("rest", "graphql") * 2])
def test_of_approvers_at_once_one_takes_the_step(
    programme: Programme, layers: tuple[str, ...]
) -> None:
    held = programme.open(programme.publish(*AREA))
    for unit in ("1.1.1", "1.1.2", "1.1.3"):
        path = programme.submit(held, FULL, unit)
        before = programme.approver.get(path, expand="transitions").json()
        told = race(programme, path, layers)
        assert sorted(told) == ["stale", "stale", "stale", "taken"], told
        after = programme.approver.get(path, expand="transitions").json()
        assert (after["state"], after["version"]) == ("verified", before["version"] + 1)
        steps = [one["action"] for one in after["transitions"]]
        assert steps.count("verify") == 1
