"""Many callers at the same moment, with the same document: each gets the own answer."""

import asyncio
from typing import Any

import pytest

from app.domain.actor import Role
from tests.application import Application, Caller, runner
from tests.give import Country

QUERY = """query($n: Int!, $id: ID!, $on: Boolean!) {
    models(first: $n) { totalCount nodes { id name @include(if: $on) } }
    unit(id: $id) { name children(first: $n) { id } }
    unitReorganisations(first: 1) { totalCount } }"""


@pytest.mark.parametrize("way", ["application", "ordinary"])
def test_nobody_gets_the_answer_of_another(
    request: pytest.FixtureRequest, country: Country, way: str
) -> None:
    application: Application = request.getfixturevalue(way)
    asked: list[tuple[Caller, dict[str, Any]]] = []
    for n, (path, unit) in enumerate(country.units.items()):
        role = (Role.VIEWER, Role.AUDITOR, Role.TIP_OFFICER)[n % 3]
        caller = application.caller(role, level=country.levels[unit], unit=unit)
        asked.append((caller, {"n": n % 5 + 1, "id": str(unit), "on": len(path) % 2 == 0}))
    alone = [caller.ask(QUERY, **given) for caller, given in asked]

    async def together() -> list[Any]:
        async def one(caller: Caller, given: dict[str, Any]) -> Any:
            body = {"query": QUERY, "variables": given}
            answer = await application.answer("POST", "/graphql", json=body, headers=caller.headers)
            return answer.json()

        return await asyncio.gather(*(one(*each) for each in asked * 2))

    assert runner().run(together()) == alone * 2
    assert len({repr(answer) for answer in alone}) > 20
