"""Access by receipt: the holder follows the tip; a wrong receipt reveals nothing."""

import asyncio
from contextlib import suppress
from typing import Any
from uuid import UUID

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PublicKey
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlmodel import select

from app.db.tables.confidential import IdentityRequestState
from app.db.tables.records import Outbox
from app.db.tables.tip_parts import IdentityRequest, TipMessage, TipReceipt
from app.db.tables.tips import Tip, TipState
from app.domain.confidential.crypto.envelopes import encrypt, row_context
from app.domain.deadlines.days import today
from app.domain.tips.crypto import timing
from app.domain.tips.crypto.receipts import INFORMANT, parse_receipt
from app.domain.tips.intake import status_texts
from tests.application import Application, runner
from tests.give import Country
from tests.tips.informant_requests import TIPS, WRITTEN, follow, receipt

KEPT = st.characters(categories=("L", "N", "P", "S", "Zs"))
UNKNOWN = ("1" * 20, "1234 5678 9012 3456 7890", "", "abc", "1" * 19, "1" * 21, "١" * 20)


@pytest.fixture
def commune(country: Country) -> UUID:
    return country["1.1"]


def test_status_shows_the_submitted_tip(deadline_application: Application, commune: UUID) -> None:
    held = receipt(deadline_application, commune, kind="feedback", contact={"phone": "0912"})
    found = deadline_application.nobody.speaking("en").post(f"{TIPS}/status", {"receipt": held})
    assert found.status_code == 200
    told = found.json()
    due = told.pop("due_on")
    assert (due > told["received_on"], told.pop("unit")["name"]) == (True, "Thanh Sơn")
    assert told == {
        "received_on": today().isoformat(), "kind": "feedback", "state": "received",
        "told": "Your tip has been received and waits to be recorded by an officer.",
        "closed": False, "text": WRITTEN, "has_contact": True, "identity_openings": [],
        "messages": [], "attachments": [], "urgent": False, "reopened_on": None,
    }  # fmt: skip


def test_every_state_has_a_text_in_both_languages() -> None:
    told = [
        status_texts.describe_state(state, language)
        for state in TipState
        for language in ("vi", "en")
    ]
    assert len(set(told)) == 2 * len(TipState)


def test_messages_go_both_ways(application: Application, commune: UUID) -> None:
    held = receipt(application, commune)
    scenario = application.app.state.resources.tips
    first = follow(application, held, "messages", text="Còn nữa: họ lại đến.")
    assert first.status_code == 201

    async def answer() -> None:
        digits = parse_receipt(held)
        assert digits
        lookup = scenario.keys.receipts.derive_keys(digits).lookup
        async with application.behind() as session:
            asked = select(TipReceipt).where(TipReceipt.lookup == lookup)
            of = (await session.exec(asked)).one()
            row = TipMessage(tip_id=of.tip_id, number=2, from_informant=False, sent_on=today(),
                             sent_by="officer", sealed=b"", keys={})  # fmt: skip
            public = X25519PublicKey.from_public_bytes(of.public_key)
            context = row_context("tip_message", row.id)
            made = encrypt("Đã nhận.".encode(), {INFORMANT: public}, context)
            row.sealed, row.keys = made.ciphertext, made.keys
            session.add(row)

    runner().run(answer())
    told = follow(application, held, "messages", text="Cảm ơn.").json()["messages"]
    assert [(one["from"], one["text"]) for one in told] == [
        ("informant", "Còn nữa: họ lại đến."), ("office", "Đã nhận."), ("informant", "Cảm ơn."),
    ]  # fmt: skip
    assert all(set(one) == {"id", "from", "sent_on", "text"} for one in told)
    assert all(one["sent_on"] == today().isoformat() for one in told)


def test_message_announces_the_day_and_changes_nothing_else(
    application: Application, commune: UUID
) -> None:
    async def last() -> tuple[Tip, list[Any]]:
        async with application.behind() as session:
            newest = (await session.exec(select(TipReceipt.tip_id))).all()
            of = [id for id in newest if id not in before]
            tip = (await session.exec(select(Tip).where(Tip.id == of[0]))).one()
            news = select(Outbox).where(Outbox.resource_id == of[0]).order_by("fields")
            return tip, list((await session.exec(news)).all())

    async def list_tips() -> set[UUID]:
        async with application.behind() as session:
            return set((await session.exec(select(TipReceipt.tip_id))).all())

    before = runner().run(list_tips())
    held = receipt(application, commune)
    tip, _ = runner().run(last())
    follow(application, held, "messages", text="thêm")
    after, news = runner().run(last())
    assert after.model_dump() == tip.model_dump()
    assert [(one.act, one.fields, one.version, one.id.version) for one in news] == [
        ("create", [], 1, 4), ("change", ["messages"], 1, 4),
    ]  # fmt: skip
    assert len({one.recorded_at for one in news}) == 1


def test_concurrent_messages_all_arrive(application: Application, commune: UUID) -> None:
    held = receipt(application, commune)

    async def many() -> list[Any]:
        sent = (
            application.answer("POST", f"{TIPS}/messages", json={"receipt": held, "text": str(n)})
            for n in range(8)
        )
        return await asyncio.gather(*sent)

    assert {answer.status_code for answer in runner().run(many())} == {201}
    told = follow(application, held).json()["messages"]
    assert sorted(one["text"] for one in told) == [str(n) for n in range(8)]


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(text=st.text(KEPT, max_size=200).filter(str.strip))
def test_any_text_is_accepted_as_message(
    application: Application, commune: UUID, text: str
) -> None:
    told = follow(application, receipt(application, commune), "messages", text=text).json()
    assert told["messages"][0]["text"] == text


def test_receipt_opens_its_own_tip_only(application: Application, country: Country) -> None:
    units = [country["1.1" if n % 2 else "2.1"] for n in range(12)]
    told = {f"chuyện {n}": receipt(application, units[n], text=f"chuyện {n}")
            for n in range(12)}  # fmt: skip
    assert {text: follow(application, held).json()["text"] for text, held in told.items()} == {
        text: text for text in told
    }


def test_informant_sees_openings_of_their_identity(application: Application, commune: UUID) -> None:
    held = receipt(application, commune, contact={"name": "Kín"})

    async def tell() -> None:
        digits = parse_receipt(held)
        assert digits
        lookup = application.app.state.resources.tips.keys.receipts.derive_keys(digits).lookup
        async with application.behind() as session:
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
    assert follow(application, held).json()["identity_openings"] == [
        {"on": today().isoformat(), "reason": "Cần gặp nhân chứng"}
    ]


@pytest.mark.parametrize(
    ("what", "more"),
    [("status", {}), ("messages", {"text": "x"}), ("attachments", {"content": "eA=="})],
)
def test_wrong_receipts_get_identical_responses(
    application: Application, what: str, more: dict[str, str]
) -> None:
    answers = [follow(application, wrong, what, **more) for wrong in UNKNOWN]
    assert {answer.status_code for answer in answers} == {404}
    assert len({answer.content for answer in answers}) == 1
    assert answers[0].json()["code"] == "receipt_unknown"
    assert "request_id" not in answers[0].json()


@pytest.mark.parametrize(
    ("what", "body", "pointer"),
    [
        ("status", {}, "/receipt"),
        ("status", {"receipt": None}, "/receipt"),
        ("status", {"receipt": "1" * 101}, "/receipt"),
        ("messages", {"receipt": "1" * 20}, "/text"),
        ("messages", {"receipt": "1" * 20, "text": ""}, "/text"),
        ("messages", {"receipt": "1" * 20, "text": "x" * 20_001}, "/text"),
        ("attachments", {"receipt": "1" * 20}, "/content"),
        ("attachments", {"content": "eA=="}, "/receipt"),
    ],
)
def test_each_input_error_is_named_in_both_languages(
    application: Application, what: str, body: Any, pointer: str
) -> None:
    told = []
    for language in ("vi", "en"):
        answer = application.nobody.speaking(language).post(f"{TIPS}/{what}", body)
        assert (answer.status_code, answer.json()["code"]) == (422, "invalid_fields")
        (fault,) = answer.json()["errors"]
        assert fault["pointer"] == pointer
        told.append(fault["message"])
    assert told[0] != told[1]


def test_database_content_alone_decrypts_nothing(application: Application, commune: UUID) -> None:
    receipt(application, commune)

    async def list_lookups() -> list[bytes]:
        async with application.behind() as session:
            return list((await session.exec(select(TipReceipt.lookup))).all())

    for lookup in runner().run(list_lookups())[:3]:
        assert follow(application, lookup.hex()[:40]).status_code == 404
        assert follow(application, str(int.from_bytes(lookup))[:20]).status_code == 404


FLOOR = 0.25


class Timer:
    """Replace `time` and `asyncio` where responses are delayed: waits are only recorded."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.now, self.waits = 0.0, list[float]()
        monkeypatch.setattr(timing, "time", self)
        monkeypatch.setattr(timing, "asyncio", self)

    def __getattr__(self, name: str) -> Any:
        return getattr(asyncio, name)

    def monotonic(self) -> float:
        return self.now

    async def sleep(self, seconds: float) -> None:
        self.waits.append(seconds)
        self.now += seconds


def test_response_is_not_sent_before_its_time(
    application_url: str, commune: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    timer = Timer(monkeypatch)
    with Application.on(application_url, tip_answer_seconds=FLOOR) as application:
        held = receipt(application, commune)
        asked = [(held, "status", {}), ("1" * 20, "status", {}), ("", "status", {}),
                 (held, "messages", {"text": "x"}), ("1" * 20, "messages", {"text": "x"}),
                 (held, "attachments", {"content": "eA=="}),
                 ("1" * 20, "attachments", {"content": "eA=="}),
                 ("1" * 20, "attachments", {"content": "/w=="})]  # fmt: skip
        for number, what, more in asked:
            timer.waits.clear()
            follow(application, number, what, **more)
            assert timer.waits == [FLOOR]  # time stood still inside


def test_responses_leave_at_multiples_of_the_interval(monkeypatch: pytest.MonkeyPatch) -> None:
    timer = Timer(monkeypatch)

    async def finish_after(seconds: float) -> float:
        timer.now = 0.0
        with suppress(ZeroDivisionError):
            async with timing.pad_duration(0.5):
                timer.now += seconds
                assert 1 / 0
        return timer.now

    assert [runner().run(finish_after(took)) for took in (0.125, 0.75, 1.5)] == [0.5, 1.0, 1.5]
