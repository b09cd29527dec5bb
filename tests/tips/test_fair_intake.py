"""A guesser of receipts waits behind themselves; tips have gates and connections of their own."""

import asyncio
from typing import Any

from sqlalchemy import text

from app.api.sources import counter_key
from app.db.session import execute
from app.domain.tips.context import MAX_CHECKING, MAX_WAITING
from app.domain.turns import FairGate
from tests.application import Application, runner
from tests.give import Country
from tests.tips.informant_requests import TIPS, WRITTEN, receipt


async def stay(gate: FairGate, source: str, leave: asyncio.Event) -> None:
    async with gate.turn(source):
        await leave.wait()


def test_key_derivation_is_limited_and_returns_retry_after(application: Application) -> None:
    gate = application.app.state.resources.tips.checking

    async def crowd(most: int, source: str, patience: float = 30) -> tuple[Any, Any]:
        leave = asyncio.Event()
        there = [asyncio.create_task(stay(gate, source, leave)) for _ in range(most)]
        await asyncio.sleep(0)
        asking = application.answer("POST", f"{TIPS}/status", json={"receipt": "1" * 20})
        asked = asyncio.create_task(asking)
        await asyncio.wait([asked], timeout=patience)
        early = asked.result() if asked.done() else None
        leave.set()
        await asyncio.gather(*there, return_exceptions=True)
        return early, await asked

    own = counter_key("127.0.0.1")
    assert runner().run(crowd(MAX_CHECKING - 1, own))[0].status_code == 404
    early, late = runner().run(crowd(MAX_CHECKING + gate.each - 1, own, 0.5))
    assert (early, late.status_code) == (None, 404)
    refused, _ = runner().run(crowd(MAX_CHECKING + gate.each, own))
    assert (refused.status_code, refused.json()["code"]) == (503, "intake_busy")
    assert refused.headers["retry-after"]
    early, late = runner().run(crowd(MAX_CHECKING + gate.each, "another source", 0.5))
    assert (early, late.status_code) == (None, 404), "a guesser keeps the next citizen out"


def test_wrong_receipts_keep_no_tip_out(application: Application, country: Country) -> None:
    """The gates and connections of checks are taken: a tip is handed in all the same."""
    tips = application.app.state.resources.tips

    async def hand_in() -> int:
        leave = asyncio.Event()
        wrong = [
            asyncio.create_task(stay(tips.checking, f"source {n}", leave))
            for n in range(MAX_CHECKING + MAX_WAITING)
        ]
        held = [application.app.state.resources.database.write_transaction() for _ in range(14)]
        for one in held:
            session = await one.__aenter__()
            await execute(session, text("SELECT 1"))
        await asyncio.sleep(0)
        given = {"text": WRITTEN, "unit_code": str(country["1.1"])}
        answer = await application.answer("POST", TIPS, json=given)
        for one in held:
            await one.__aexit__(None, None, None)
        leave.set()
        await asyncio.gather(*wrong, return_exceptions=True)
        return answer.status_code

    assert runner().run(hand_in()) == 201


def test_a_guesser_of_receipts_works_and_others_do_not(
    application: Application, country: Country, application_url: str
) -> None:
    """Wrong receipts are charged to their address alone, and right ones to nobody."""
    given = receipt(application, country["1.1"])
    with Application.on(
        application_url, trusted_proxies=1, wrong_receipts_without_work=3
    ) as behind_proxy:

        def ask(address: str, receipt: str) -> int:
            headers, sent = {"x-forwarded-for": address}, {"receipt": receipt}
            path = f"{TIPS}/status"
            return behind_proxy.nobody.post(path, sent, headers=headers).status_code

        guesser, citizen = "203.0.113.9", "198.51.100.7"
        assert [ask(citizen, given) for _ in range(5)] == [200] * 5
        assert [ask(guesser, "1" * 20) for _ in range(5)] == [404] * 3 + [429] * 2
        assert (ask(guesser, given), ask(citizen, given)) == (429, 200)
