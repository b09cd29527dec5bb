"""Submission: any text, named or anonymous, to any unit; once under an idempotency key."""

import asyncio
import base64
import json
from collections import Counter
from datetime import date, time, timedelta
from hashlib import sha256
from typing import Any
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlmodel import col, select

from app.db.tables.deadlines import Deadline, DeadlineEvent
from app.db.tables.records import AuditEntry, Outbox
from app.db.tables.tip_parts import (
    StoredReceipt,
    TipCount,
    TipIdentity,
    TipLikeness,
    TipReceipt,
    TipText,
)
from app.db.tables.tips import Tip, TipUnitSettings
from app.domain.actor import Level, Role
from app.domain.confidential.crypto.envelopes import decrypt, row_context
from app.domain.deadlines.days import COUNTRY_TIME, today
from app.domain.tips.exclusions import digest_units
from app.domain.tips.intake import cleanup
from app.domain.tips.transparency_log import signatures
from tests.application import Application, Caller, runner
from tests.give import Country, give_unit
from tests.tips.informant_requests import (
    TIPS,
    WRITTEN,
    follow,
    hand_in,
    new_key,
    receipt,
    special_zone,
)

DAY = timedelta(days=1)


@pytest.fixture
def commune(country: Country) -> UUID:
    return country["1.1"]


def rows(application: Application, *statements: Any) -> list[Any]:
    """Read rows as the owner of the database."""

    async def read() -> list[Any]:
        async with application.behind() as session:
            return [(await session.exec(statement)).all() for statement in statements]

    return runner().run(read())


def tips(application: Application) -> set[UUID]:
    return set(rows(application, select(Tip.id))[0])


def find_added(application: Application, before: set[UUID]) -> Tip:
    """Return the one tip that was added."""
    (tip,) = [tip for tip in rows(application, select(Tip))[0] if tip.id not in before]
    return tip  # type: ignore[no-any-return]


def test_submission_needs_no_token(application: Application, commune: UUID) -> None:
    answer = hand_in(application, commune)
    assert answer.status_code == 201
    told = answer.json()
    assert set(told) == {"receipt", "received_on", "unit", "proof"}
    assert told["received_on"] == today().isoformat()
    assert [len(part) for part in told["receipt"].split()] == [4] * 5


def test_token_is_ignored(application: Application, commune: UUID) -> None:
    officer = application.caller(Role.VIEWER, level=Level.COMMUNE, unit=commune)
    assert hand_in(officer, commune).status_code == 201
    assert (
        hand_in(Caller(application, {"authorization": "Bearer nonsense"}), commune).status_code
        == 201
    )


def test_short_path_does_the_same(application: Application, commune: UUID) -> None:
    answer = application.nobody.post("/public/tips", {"text": "x", "unit_code": str(commune)})
    assert answer.status_code == 201
    found = application.nobody.post("/public/tips/status", {"receipt": answer.json()["receipt"]})
    assert found.json()["text"] == "x"


# no character that is refused
WORDS = st.text(st.characters(categories=("L", "N", "P", "S", "Zs")), max_size=300).filter(
    str.strip
)


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(text=WORDS)
def test_any_text_is_returned_unchanged(application: Application, commune: UUID, text: str) -> None:
    assert follow(application, receipt(application, commune, text=text)).json()["text"] == text


def test_text_length_limit_is_exact(application: Application, commune: UUID) -> None:
    longest = "ệ😀" * 10_000
    assert (
        follow(application, receipt(application, commune, text=longest)).json()["text"] == longest
    )
    assert hand_in(application, commune, text=longest + "x").status_code == 422


def test_plain_columns_reveal_no_time_and_no_person(
    deadline_application: Application, commune: UUID
) -> None:
    application, before = deadline_application, tips(deadline_application)
    hand_in(application, commune, contact={"name": "Nguyễn Văn Kín"}, kind="crime_report")
    tip = find_added(application, before)
    assert (tip.id.version, tip.received_on, tip.created_by) == (4, today(), "informant")
    assert (tip.unit_id, tip.received_unit_id, tip.commune_id) == (commune,) * 3
    assert (tip.has_contact, tip.kind, tip.state, tip.channel) == (
        True, "crime_report", "received", "online",
    )  # fmt: skip
    news, clock, audited = rows(
        application,
        select(Outbox).where(Outbox.resource_id == tip.id),
        select(Deadline).where(Deadline.resource_id == tip.id),
        select(AuditEntry).where(AuditEntry.resource_id == tip.id),
    )
    assert not audited
    (told,), (clock,) = news, clock
    assert (told.id.version, told.resource, told.act, told.fields) == (4, "tip", "create", [])
    (event,) = rows(
        application, select(DeadlineEvent).where(DeadlineEvent.deadline_id == clock.id)
    )[0]
    moments = (tip.created_at, tip.changed_at, told.recorded_at, clock.created_at,
               clock.changed_at, event.recorded_at)  # fmt: skip
    assert {moment.astimezone(COUNTRY_TIME).time() for moment in moments} == {time()}
    assert {clock.id.version, event.id.version} == {4}
    assert (clock.rule_code, clock.due_at - clock.started_at) == ("tip_transfer", DAY)


def test_content_and_contact_are_encrypted_for_their_keys(
    application: Application, commune: UUID, country: Country
) -> None:
    before, keys = tips(application), application.app.state.resources.tips.keys
    who = {"name": "Nguyễn Văn Kín", "phone": "0912 345 678"}
    hand_in(application, commune, contact=who, not_to=[str(country["2"])])
    id = find_added(application, before).id
    (text,), (identity,), sketch, (receipt,) = rows(
        application,
        *(select(t).where(t.tip_id == id) for t in (TipText, TipIdentity, TipLikeness, TipReceipt)),
    )
    assert len(sketch) == 32
    name, private = keys.content.find_private_key(text.keys)
    told = json.loads(decrypt(text.sealed, text.keys, name, private, row_context("tip_text", id)))
    assert told == {
        "text": WRITTEN, "where": str(commune), "not_to": [str(country["2"])],
        "about_officials_of": None,
    }  # fmt: skip
    assert keys.content.find_private_key(identity.keys) is None
    name, private = keys.custodian.find_private_key(identity.keys)
    place = row_context("tip_identity", id)
    assert (
        who.items()
        <= json.loads(decrypt(identity.sealed, identity.keys, name, private, place)).items()
    )
    assert {len(receipt.lookup), len(receipt.public_key)} == {32}


def test_empty_contact_is_ignored(application: Application, commune: UUID) -> None:
    before = tips(application)
    hand_in(application, commune, contact={"name": "", "phone": None})
    assert find_added(application, before).has_contact is False


def test_receipt_is_returned_once_and_stored_nowhere(
    application: Application, commune: UUID
) -> None:
    given = receipt(application, commune).replace(" ", "")
    (kept,) = rows(application, select(TipReceipt))
    assert all(given.encode() not in row.lookup + row.private_key for row in kept)


def test_proof_is_signed_and_reveals_no_text_or_unit(
    application: Application, commune: UUID
) -> None:
    scenario, told = (
        application.app.state.resources.tips,
        hand_in(application, commune).json()["proof"],
    )
    said = signatures.verify(scenario.keys, told)
    assert said is not None
    nonce = base64.b64decode(said["nonce"])
    digest = sha256(nonce + WRITTEN.encode()).digest()
    assert said["sha256"] == digest.hex()
    assert said["leaf"] == sha256(b"binhyen tip" + nonce + digest).hexdigest()
    assert said["authority"] == scenario.settings.issuer
    assert said["received_at"].endswith("+07:00")
    leaf = bytes.fromhex(said["leaf"])
    (link,) = rows(application, select(TipCount).where(TipCount.leaf == leaf))[0]
    assert "position" not in said  # until the day is over
    assert (link.event, link.unit_id, link.month) == ("received", commune, today().replace(day=1))
    assert str(commune) not in json.dumps(said)
    assert signatures.verify(scenario.keys, told[:-8] + "AAAAAAAA") is None


WRONG = [
    ({"text": ""}, "/text", "blank"),
    ({"text": None}, "/text", "null"),
    ({"text": 7}, "/text", "string_type"),
    ({"text": "x" * 20_001}, "/text", "string_too_long"),
    ({"unit_code": "77777"}, "/unit_code", "unit_not_found"),
    ({"unit_code": "00000000-0000-4000-8000-000000000000"}, "/unit_code", "unit_not_found"),
    ({"unit_code": "' OR 1=1"}, "/unit_code", "string_pattern_mismatch"),
    ({"unit_code": "\0"}, "/unit_code", "hidden_character"),
    ({"unit_code": None}, "/unit_code", "null"),
    ({"kind": "CANARY"}, "/kind", "enum"),
    ({"not_to": ["77777"]}, "/not_to/0", "unit_not_found"),
    ({"not_to": "CANARY"}, "/not_to", "list_type"),
    ({"not_to": ["1"] * 21}, "/not_to", "too_long"),
    ({"about_officials_of": "77777"}, "/about_officials_of", "unit_not_found"),
    ({"contact": "CANARY"}, "/contact", "model_attributes_type"),
    ({"contact": {"name": "CANARY" * 40}}, "/contact/name", "string_too_long"),
    ({"contact": {"CANARY": "CANARY"}}, "/contact", "extra_forbidden"),
    ({"CANARY": "CANARY"}, "", "extra_forbidden"),
    ({"work": "CANARY" * 400}, "/work", "string_too_long"),
]  # fmt: skip


@pytest.mark.parametrize(("over", "pointer", "code"), WRONG)
def test_each_input_error_is_named_without_its_value(
    application: Application, commune: UUID, over: dict[str, Any], pointer: str, code: str
) -> None:
    told = []
    for language in ("vi", "en"):
        answer = hand_in(application.nobody.speaking(language), commune, **over)
        assert answer.status_code == 422
        (fault,) = answer.json()["errors"]
        assert (fault["pointer"], fault["code"]) == (pointer, code)
        assert "CANARY" not in answer.text
        assert "77777" not in answer.text
        told.append(fault["message"])
    assert told[0] != told[1]


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b'"x"', b"\xff", b'{"text": "\\ud800"}'])
def test_malformed_body_is_refused(application: Application, body: bytes) -> None:
    answer = application.nobody.send(
        "POST", TIPS, content=body, headers={"content-type": "application/json"}
    )
    unreadable = body == b"\xff"
    assert answer.status_code == (400 if unreadable else 422)
    assert answer.json()["code"] == ("bad_request" if unreadable else "invalid_fields")


def test_tip_to_a_village_goes_to_its_commune(application: Application, country: Country) -> None:
    before = tips(application)
    hand_in(application, country["1.1.2"])
    tip = find_added(application, before)
    assert (tip.received_unit_id, tip.village_id) == (country["1.1"], None)


@pytest.mark.parametrize(
    ("over", "to", "excluded", "about"),
    [
        ({"not_to": ["1.1"]}, "1", ["1.1"], False),
        ({"about_officials_of": "1.1"}, "1", ["1.1"], True),
        ({"about_officials_of": "1"}, "", ["1"], True),
        ({"not_to": ["1"], "about_officials_of": "1.1"}, "", ["1", "1.1"], True),
        ({"not_to": ["2", "2.1"]}, "1.1", ["2", "2.1"], False),
        ({"about_officials_of": "1.1.1"}, "1.1", ["1.1.1"], True),
        ({"about_officials_of": ""}, "1.1", [], True),
    ],
)
def test_excluded_unit_does_not_get_the_tip(
    application: Application,
    country: Country,
    over: Any,
    to: str,
    excluded: list[str],
    about: bool,
) -> None:
    before = tips(application)
    said: dict[str, Any] = {
        name: [str(country[path]) for path in value] if isinstance(value, list)
        else str(country[value]) for name, value in over.items()
    }  # fmt: skip
    assert hand_in(application, country["1.1"], **said).status_code == 201
    tip = find_added(application, before)
    assert (tip.unit_id, tip.about_officials) == (country[to], about)
    key = application.app.state.resources.tips.keys.exclusion
    assert tip.excluded == digest_units(key, tip.id, [country[path] for path in excluded])


def test_closed_unit_code_is_refused_with_successors(atlas: Application) -> None:
    for name in ("unit_code", "about_officials_of"):
        over = {"unit_code": "06"} if name == "unit_code" else {name: "06"}  # Bắc Kạn, until 2025
        answer = hand_in(atlas, "19", **over)
        assert (answer.status_code, answer.json()["code"]) == (409, "unit_closed")
        assert [unit["code"] for unit in answer.json()["successors"]] == ["19"]


def test_special_zone_and_remote_unit_have_longer_deadlines(
    atlas: Application, deadline_application: Application
) -> None:
    async def add_remote_unit() -> UUID:
        async with deadline_application.behind() as session:
            province = (await session.exec(select(Tip.province_id).limit(1))).one()
            unit = await give_unit(session, Level.COMMUNE, None, "Xa", province)
            session.add(TipUnitSettings(unit_id=unit, remote=True, basis="x"))
            return unit

    def rule(application: Application, unit: Any) -> str:
        before = tips(application)
        hand_in(application, unit)
        id = find_added(application, before).id
        return rows(application, select(Deadline.rule_code).where(Deadline.resource_id == id))[0][0]  # type: ignore[no-any-return]

    hand_in(deadline_application, "91")
    assert rule(deadline_application, runner().run(add_remote_unit())) == "tip_transfer_remote"
    assert rule(atlas, special_zone(atlas)) == "tip_transfer_remote"


def test_idempotency_key_returns_the_same_response(application: Application, commune: UUID) -> None:
    before, key = tips(application), new_key()
    first, again = (hand_in(application, commune, key) for _ in range(2))
    assert first.status_code == again.status_code == 201
    assert first.content == again.content
    assert "idempotency-replayed" not in first.headers
    assert again.headers["idempotency-replayed"] == "true"
    assert len(tips(application) - before) == 1


def test_reused_key_with_another_tip_is_refused(application: Application, commune: UUID) -> None:
    key = new_key()
    hand_in(application, commune, key)
    other = hand_in(application, commune, key, text="khác")
    assert (other.status_code, other.json()["code"]) == (422, "idempotency_key_reused")


def test_repeated_tip_with_other_work_is_the_same(application: Application, commune: UUID) -> None:
    key = new_key()
    one, other = hand_in(application, commune, key), hand_in(application, commune, key, work="x")
    assert one.content == other.content


@pytest.mark.parametrize("key", ["", "x" * 21, "x" * 256, "x x" * 10])
def test_short_key_is_refused(application: Application, commune: UUID, key: str) -> None:
    answer = hand_in(application.nobody.speaking("en"), commune, key)
    assert (answer.status_code, answer.json()["code"]) == (422, "idempotency_key_too_short")
    assert "Idempotency-Key" in answer.json()["detail"]
    assert hand_in(application, commune, "x" * 22).status_code == 201


def test_concurrent_requests_with_one_key_make_one_tip(
    application: Application, commune: UUID
) -> None:
    before, key = tips(application), new_key()
    body, headers = {"text": WRITTEN, "unit_code": str(commune)}, {"idempotency-key": key}

    async def many() -> list[Any]:
        requests = (application.answer("POST", TIPS, json=body, headers=headers) for _ in range(8))
        return await asyncio.gather(*requests)

    answers = runner().run(many())
    assert set(Counter(answer.status_code for answer in answers)) <= {201, 409}
    assert len({answer.content for answer in answers if answer.status_code == 201}) == 1
    assert len(tips(application) - before) == 1
    assert hand_in(application, commune, key).content in {answer.content for answer in answers}


def test_database_alone_decrypts_no_stored_response(
    application: Application, commune: UUID
) -> None:
    key = new_key()
    given = hand_in(application, commune, key).json()["receipt"]
    kept = rows(application, select(StoredReceipt))[0][-1]
    everything = kept.key_hash + kept.fingerprint + kept.sealed
    assert given.encode() not in everything
    assert key.encode() not in everything
    assert kept.expires_on == today() + 3 * DAY


def test_stored_responses_are_deleted_after_their_lifetime(
    application: Application, commune: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = new_key()
    first = hand_in(application, commune, key)

    async def forget(day: date) -> int:
        monkeypatch.setattr(cleanup, "today", lambda: day)
        async with application.app.state.resources.database.write_transaction() as session:
            return await cleanup.forget_stored_receipts(session)

    assert runner().run(forget(today() + 3 * DAY)) == 0
    assert hand_in(application, commune, key).content == first.content
    assert runner().run(forget(today() + 4 * DAY)) >= 1
    assert hand_in(application, commune, key).content != first.content


def test_public_units_are_those_of_today(atlas: Application) -> None:
    def below(**params: str) -> list[Any]:
        answer = atlas.nobody.get("/api/v1/public/units", **params)
        assert answer.status_code == 200
        items: list[Any] = answer.json()["items"]
        return items

    provinces = below(within="VN")
    assert len(provinces) == 34
    assert {unit["level"] for unit in provinces} == {"province"}
    communes = below(within="19")
    assert {unit["level"] for unit in communes} == {"commune"}
    assert [unit["name"] for unit in below(within="VN", search="thai nguyen")] == ["Thái Nguyên"]
    assert below(within="VN", search="%") == []
    assert below(within=communes[0]["code"]) == []


@pytest.mark.parametrize(
    ("within", "typed", "found"),
    [
        ("VN", "bac kan", ["Thái Nguyên"]),  # in which this province went
        ("VN", "TỈNH  BẮC\u00a0KẠN", ["Thái Nguyên"]),
        ("VN", "binh thuan", ["Lâm Đồng"]),
        ("66", "Ea H\u2019leo", ["Ea H'Leo", "Ea Drăng", "Ea Hiao"]),  # the exact one first
    ],
)
def test_public_units_are_found_by_any_name(
    atlas: Application, within: str, typed: str, found: list[str]
) -> None:
    answer = atlas.nobody.get("/api/v1/public/units", within=within, search=typed)
    assert [unit["name"] for unit in answer.json()["items"]][:3] == found


@pytest.mark.parametrize("within", ["77777", "' OR 1", "", "06"])
def test_units_below_an_unknown_unit_are_refused(atlas: Application, within: str) -> None:
    answer = atlas.nobody.get("/api/v1/public/units", within=within)
    assert answer.status_code == (409 if within == "06" else 422)


def test_terms_list_the_limits(application: Application) -> None:
    told = application.nobody.get(f"{TIPS}/terms").json()
    assert [kind["code"] for kind in told["kinds"]][-1] == "unknown"
    assert all(kind["vi"] != kind["en"] for kind in told["kinds"])
    assert (told["most_text"], told["most_attachments"]) == (20_000, 5)
    assert (told["most_attachment_bytes"], told["work_needed"]) == (8_388_608, False)
    assert told["media_types"] == ["image/jpeg", "image/png", "image/webp", "text/plain"]


def test_concurrent_submissions_are_all_counted(application: Application, commune: UUID) -> None:
    before = len(rows(application, select(TipCount))[0])

    async def many() -> list[Any]:
        body = {"text": WRITTEN, "unit_code": str(commune)}
        return await asyncio.gather(
            *(application.answer("POST", TIPS, json=body) for _ in range(20))
        )

    answers = runner().run(many())
    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.json()["receipt"] for answer in answers}) == 20
    links = rows(application, select(TipCount).order_by(col(TipCount.position)))[0]
    assert [link.position for link in links] == list(range(1, before + 21))
