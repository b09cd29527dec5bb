"""Whoever holds a receipt follows its tip; nobody else does, and nobody learns why not."""

import asyncio
import time
from contextlib import suppress
from typing import Any
from uuid import UUID

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PublicKey
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlmodel import select

from app.db.tables.records import Outbox
from app.db.tables.tip_parts import IdentityRequest, IdentityRequestState, TipMessage, TipReceipt
from app.db.tables.tips import Tip, TipState
from app.domain.deadlines.days import today
from app.domain.tips.intake import words
from app.domain.tips.protecting import pacing
from app.domain.tips.protecting.receipts import plain
from app.domain.tips.protecting.sealing import INFORMANT, place_of, seal
from tests.give import Country
from tests.house import House, runner
from tests.tips.asking import TIPS, WRITTEN, follow, receipt

UNKNOWN = ("1" * 20, "1234 5678 9012 3456 7890", "", "abc", "1" * 19, "1" * 21, "١" * 20, "\0")


@pytest.fixture
def commune(country: Country) -> UUID:
    return country["1.1"]


def test_a_tip_stands_as_it_was_taken_in(clocked: House, commune: UUID) -> None:
    held = receipt(clocked, commune, kind="feedback", contact={"phone": "0912"})
    found = clocked.nobody.speaking("en").post(f"{TIPS}/status", {"receipt": held})
    assert found.status_code == 200
    told = found.json()
    due = told.pop("due_on")
    assert (due > told["received_on"], told.pop("unit")["name"]) == (True, "Thanh Sơn")
    assert told == {
        "received_on": today().isoformat(), "kind": "feedback", "state": "received",
        "told": "Your tip has been received and waits to be recorded by an officer.",
        "closed": False, "text": WRITTEN, "has_contact": True, "identity_openings": [],
        "messages": [], "attachments": [],
    }  # fmt: skip


def test_every_state_has_its_sentence_in_both_languages() -> None:
    told = [words.told(state, language) for state in TipState for language in ("vi", "en")]
    assert len(set(told)) == 2 * len(TipState)


def test_words_go_both_ways(house: House, commune: UUID) -> None:
    held = receipt(house, commune)
    office = house.app.state.house.tips
    first = follow(house, held, "messages", text="Còn nữa: họ lại đến.")
    assert first.status_code == 201

    async def answer() -> None:
        digits = plain(held)
        assert digits
        lookup = office.keys.receipts.opened(digits).lookup
        async with house.behind() as session:
            asked = select(TipReceipt).where(TipReceipt.lookup == lookup)
            of = (await session.exec(asked)).one()
            row = TipMessage(tip_id=of.tip_id, number=2, from_informant=False, sent_on=today(),
                             sent_by="officer", sealed=b"", keys={})  # fmt: skip
            public = X25519PublicKey.from_public_bytes(of.public_key)
            made = seal("Đã nhận.".encode(), {INFORMANT: public}, place_of("tip_message", row.id))
            row.sealed, row.keys = made.sealed, made.keys
            session.add(row)

    runner().run(answer())
    told = follow(house, held, "messages", text="Cảm ơn.").json()["messages"]
    assert [(one["from"], one["text"]) for one in told] == [
        ("informant", "Còn nữa: họ lại đến."), ("office", "Đã nhận."), ("informant", "Cảm ơn."),
    ]  # fmt: skip
    assert all(set(one) == {"id", "from", "sent_on", "text"} for one in told)
    assert all(one["sent_on"] == today().isoformat() for one in told)


def test_a_message_is_news_of_the_day_and_changes_nothing_else(house: House, commune: UUID) -> None:
    async def last() -> tuple[Tip, list[Any]]:
        async with house.behind() as session:
            newest = (await session.exec(select(TipReceipt.tip_id))).all()
            of = [id for id in newest if id not in before]
            tip = (await session.exec(select(Tip).where(Tip.id == of[0]))).one()
            news = select(Outbox).where(Outbox.resource_id == of[0]).order_by("fields")
            return tip, list((await session.exec(news)).all())

    async def known() -> set[UUID]:
        async with house.behind() as session:
            return set((await session.exec(select(TipReceipt.tip_id))).all())

    before = runner().run(known())
    held = receipt(house, commune)
    tip, _ = runner().run(last())
    follow(house, held, "messages", text="thêm")
    after, news = runner().run(last())
    assert after.model_dump() == tip.model_dump()
    assert [(one.act, one.fields, one.version, one.id.version) for one in news] == [
        ("create", [], 1, 4), ("change", ["messages"], 1, 4),
    ]  # fmt: skip
    assert len({one.recorded_at for one in news}) == 1


def test_messages_at_the_same_moment_all_arrive_in_some_order(house: House, commune: UUID) -> None:
    held = receipt(house, commune)

    async def many() -> list[Any]:
        sent = (
            house.answer("POST", f"{TIPS}/messages", json={"receipt": held, "text": str(n)})
            for n in range(8)
        )
        return await asyncio.gather(*sent)

    assert {answer.status_code for answer in runner().run(many())} == {201}
    told = follow(house, held).json()["messages"]
    assert sorted(one["text"] for one in told) == [str(n) for n in range(8)]


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(text=st.text(min_size=1, max_size=200))
def test_any_words_may_be_said_more(house: House, commune: UUID, text: str) -> None:
    told = follow(house, receipt(house, commune), "messages", text=text).json()
    assert told["messages"][0]["text"] == text


def test_nobodys_receipt_opens_anothers_tip(house: House, country: Country) -> None:
    told = {f"chuyện {n}": receipt(house, country["1.1" if n % 2 else "2.1"], text=f"chuyện {n}")
            for n in range(12)}  # fmt: skip
    assert {text: follow(house, held).json()["text"] for text, held in told.items()} == {
        text: text for text in told
    }


def test_that_somebody_was_told_who_one_is_can_be_seen(house: House, commune: UUID) -> None:
    held = receipt(house, commune, contact={"name": "Kín"})

    async def tell() -> None:
        digits = plain(held)
        assert digits
        lookup = house.app.state.house.tips.keys.receipts.opened(digits).lookup
        async with house.behind() as session:
            asked = select(TipReceipt.tip_id).where(TipReceipt.lookup == lookup)
            of = (await session.exec(asked)).one()
            for first, why in ((today(), "Cần gặp nhân chứng"), (None, "never opened")):
                session.add(
                    IdentityRequest(
                        tip_id=of, unit_id=commune, requested_by=f"x{why}", reason=why,
                        requester_unit_id=commune, state=IdentityRequestState.APPROVED,
                        first_opened_on=first,
                    )
                )  # fmt: skip

    runner().run(tell())
    assert follow(house, held).json()["identity_openings"] == [
        {"on": today().isoformat(), "reason": "Cần gặp nhân chứng"}
    ]


@pytest.mark.parametrize(
    ("what", "more"),
    [("status", {}), ("messages", {"text": "x"}), ("attachments", {"content": "eA=="})],
)
def test_whatever_opens_nothing_is_answered_the_very_same(
    house: House, what: str, more: dict[str, str]
) -> None:
    answers = [follow(house, wrong, what, **more) for wrong in UNKNOWN]
    assert {answer.status_code for answer in answers} == {404}
    assert len({answer.content for answer in answers}) == 1
    assert answers[0].json()["code"] == "receipt_unknown"
    assert "request_id" not in answers[0].json()


@pytest.mark.parametrize(
    ("what", "body", "pointer"),
    [
        ("status", {}, "/body/receipt"),
        ("status", {"receipt": None}, "/body/receipt"),
        ("status", {"receipt": "1" * 101}, "/body/receipt"),
        ("messages", {"receipt": "1" * 20}, "/body/text"),
        ("messages", {"receipt": "1" * 20, "text": ""}, "/body/text"),
        ("messages", {"receipt": "1" * 20, "text": "x" * 20_001}, "/body/text"),
        ("attachments", {"receipt": "1" * 20}, "/body/content"),
        ("attachments", {"content": "eA=="}, "/body/receipt"),
    ],
)
def test_each_fault_of_a_holder_is_named_in_both_languages(
    house: House, what: str, body: Any, pointer: str
) -> None:
    told = []
    for language in ("vi", "en"):
        answer = house.nobody.speaking(language).post(f"{TIPS}/{what}", body)
        assert (answer.status_code, answer.json()["code"]) == (422, "invalid_fields")
        (fault,) = answer.json()["errors"]
        assert fault["pointer"] == pointer
        told.append(fault["message"])
    assert told[0] != told[1]


def test_what_stands_in_the_database_opens_nothing(house: House, commune: UUID) -> None:
    receipt(house, commune)

    async def known() -> list[bytes]:
        async with house.behind() as session:
            return list((await session.exec(select(TipReceipt.lookup))).all())

    for lookup in runner().run(known())[:3]:
        assert follow(house, lookup.hex()[:40]).status_code == 404
        assert follow(house, str(int.from_bytes(lookup))[:20]).status_code == 404


FLOOR = 0.25


def test_no_answer_to_a_receipt_leaves_before_its_time(house_url: str, commune: UUID) -> None:
    with House.on(house_url, tip_answer_seconds=FLOOR) as house:
        held = receipt(house, commune)
        asked = [(held, "status", {}), ("1" * 20, "status", {}), ("", "status", {}),
                 (held, "messages", {"text": "x"}), ("1" * 20, "messages", {"text": "x"}),
                 (held, "attachments", {"content": "eA=="}),
                 ("1" * 20, "attachments", {"content": "eA=="}),
                 ("1" * 20, "attachments", {"content": "/w=="})]  # fmt: skip
        for number, what, more in asked:
            begin = time.monotonic()
            follow(house, number, what, **more)
            assert time.monotonic() - begin >= FLOOR


def test_answers_leave_at_multiples_of_their_time() -> None:
    async def took(seconds: float) -> float:
        begin = time.monotonic()
        with suppress(ZeroDivisionError):
            async with pacing.paced(0.05):
                await asyncio.sleep(seconds)
                assert 1 / 0
        return time.monotonic() - begin

    assert runner().run(took(0)) >= 0.05
    assert runner().run(took(0.06)) >= 0.1


def test_so_many_derive_at_once_so_many_wait_and_others_are_told_when_to_come_again(
    house: House,
) -> None:
    gate = house.app.state.house.tips.deriving

    async def stay(leave: asyncio.Event) -> None:
        async with gate.inside():
            await leave.wait()

    async def crowd(most: int, patience: float = 30) -> tuple[Any, Any]:
        leave = asyncio.Event()
        there = [asyncio.create_task(stay(leave)) for _ in range(most)]
        await asyncio.sleep(0)
        asking = house.answer("POST", f"{TIPS}/status", json={"receipt": "1" * 20})
        asked = asyncio.create_task(asking)
        await asyncio.wait([asked], timeout=patience)
        early = asked.result() if asked.done() else None
        leave.set()
        await asyncio.gather(*there)
        return early, await asked

    assert runner().run(crowd(3))[0].status_code == 404
    early, late = runner().run(crowd(35, 0.5))
    assert (early, late.status_code) == (None, 404)
    refused, _ = runner().run(crowd(36))
    assert (refused.status_code, refused.json()["code"]) == (503, "intake_busy")
    assert refused.headers["retry-after"]
