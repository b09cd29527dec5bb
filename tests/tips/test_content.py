"""What a tip says is opened for who is assigned, and on record before it leaves."""

import json
from base64 import b64decode
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from app.domain.actor import Role
from app.domain.tips.protecting.keys import parted, write_keys
from app.domain.tips.protecting.sealing import INFORMANT, opened, place_of, unlocked
from tests.house import LOG, House
from tests.tips.give import TEXT
from tests.tips.ground import ME, OTHER, TIPS, Ground, code_of

CONTENT = """query($id: UUID!, $whole: Boolean! = false) { tipContent(id: $id, whole: $whole) {
  text isWhole where notTo aboutOfficialsOf messages { number fromInformant text }
  attachments { id mediaType size } } }"""
FILE = """query($id: UUID!, $of: UUID!) {
  tipAttachmentContent(id: $id, attachmentId: $of) { mediaType content } }"""
SEND = """mutation($id: UUID!, $data: TipMessageCreate!) {
  sendTipMessage(id: $id, data: $data) { id number sentOn } }"""
WRONG = [role for role in Role if role not in (Role.TIP_OFFICER, Role.INVESTIGATOR)]
PICTURE = b"\x89PNG not really"


def full(ground: Ground, **more: Any) -> tuple[UUID, str]:
    """A tip with a message and a file."""
    return ground.received(
        messages=["Thêm một điều."], attachments=[(PICTURE, "image/png")], **more
    )


def reads(ground: Ground, tip: UUID) -> list[tuple[str, str, str]]:
    found = ground.rows(
        "SELECT resource, operation, subject FROM audit_entry WHERE act = 'read' AND "
        "operation = 'tip:read_content' AND (resource_id = $1 OR resource_id IN "
        "(SELECT id FROM tip_attachment WHERE tip_id = $1)) ORDER BY id", tip,
    )  # fmt: skip
    return [(row["resource"], row["operation"], row["subject"]) for row in found]


def opened_by_receipt(ground: Ground, tip: UUID, receipt: str) -> list[str]:
    """What the informant reads, with nothing but his receipt and the tables."""
    keys = ground.house.app.state.house.tips.keys
    (kept,) = ground.rows("SELECT * FROM tip_receipt WHERE tip_id = $1", tip)
    raw = unlocked(
        keys.receipts.opened(receipt).key, kept["private_key"], place_of("tip_receipt", tip)
    )
    own = X25519PrivateKey.from_private_bytes(raw)
    (text,) = ground.rows("SELECT * FROM tip_text WHERE tip_id = $1", tip)
    told = json.loads(
        opened(text["sealed"], json.loads(text["keys"]), INFORMANT, own, place_of("tip_text", tip))
    )
    words = ground.rows("SELECT * FROM tip_message WHERE tip_id = $1 ORDER BY number", tip)
    return [told["text"]] + [
        opened(
            word["sealed"], json.loads(word["keys"]), INFORMANT, own,
            place_of("tip_message", word["id"]),
        ).decode()
        for word in words
    ]  # fmt: skip


def test_nobody_opens_a_tip_without_a_token(ground: Ground) -> None:
    tip, _ = full(ground)
    assert ground.house.nobody.get(f"{TIPS}/{tip}/content").status_code == 401
    assert ground.house.nobody.query(CONTENT, id=str(tip)).status_code == 401


@pytest.mark.parametrize("role", WRONG)
def test_only_who_handles_tips_opens_them(ground: Ground, role: Role) -> None:
    tip, _ = full(ground)
    assert ground.who(role).get(f"{TIPS}/{tip}/content").json()["code"] == "forbidden"
    assert code_of(ground.who(role).ask(CONTENT, id=str(tip))) == "forbidden"
    assert reads(ground, tip) == []


@pytest.mark.parametrize("of", ["1.2", "2", "", "1.1.1"])
def test_a_tip_of_another_unit_is_not_there_though_he_is_assigned(ground: Ground, of: str) -> None:
    tip, _ = full(ground)
    caller = ground.who(Role.TIP_OFFICER, Role.INVESTIGATOR, of=of)
    assert caller.get(f"{TIPS}/{tip}/content").json()["code"] == "tip_not_found"
    assert code_of(caller.ask(CONTENT, id=str(tip))) == "tip_not_found"


def test_who_is_not_assigned_opens_nothing(ground: Ground) -> None:
    tip, _ = full(ground)
    file = str(ground.rows("SELECT id FROM tip_attachment WHERE tip_id = $1", tip)[0]["id"])
    caller = ground.who(Role.TIP_OFFICER, Role.INVESTIGATOR, subject=OTHER)
    assert caller.get(f"{TIPS}/{tip}").status_code == 200
    for path in ("content", f"attachments/{file}/content", "alike"):
        answer = caller.get(f"{TIPS}/{tip}/{path}")
        assert (answer.status_code, answer.json()["code"]) == (403, "not_assigned")
    answer = caller.post(f"{TIPS}/{tip}/messages", {"text": "x"})
    assert answer.json()["code"] == "not_assigned"
    assert code_of(caller.ask(CONTENT, id=str(tip))) == "not_assigned"
    assert code_of(caller.ask(FILE, id=str(tip), of=file)) == "not_assigned"
    assert code_of(caller.ask(SEND, id=str(tip), data={"text": "x"})) == "not_assigned"
    assert reads(ground, tip) == []


def test_the_assigned_read_it_at_both_doors_and_each_read_is_on_record(ground: Ground) -> None:
    tip, _ = full(ground)
    answer = ground.officer.get(f"{TIPS}/{tip}/content")
    assert answer.headers["cache-control"] == "no-store"
    told = answer.json()
    assert told["text"] == TEXT
    assert [word["text"] for word in told["messages"]] == ["Thêm một điều."]
    assert [file["media_type"] for file in told["attachments"]] == ["image/png"]
    assert reads(ground, tip) == [("tip_text", "tip:read_content", ME)]
    again = ground.officer.ask(CONTENT, id=str(tip))["data"]["tipContent"]
    assert (again["text"], again["messages"][0]["text"]) == (TEXT, "Thêm một điều.")
    assert len(reads(ground, tip)) == 2


def test_what_cannot_be_written_down_is_not_told(ground: Ground) -> None:
    tip, _ = full(ground)
    ground.rows("REVOKE INSERT ON audit_entry FROM binhyen_runtime")
    try:
        answer = ground.officer.get(f"{TIPS}/{tip}/content")
        told = ground.officer.ask(CONTENT, id=str(tip))
    finally:
        ground.rows("GRANT INSERT ON audit_entry TO binhyen_runtime")
    assert answer.status_code == 500
    assert TEXT not in answer.text + json.dumps(told, ensure_ascii=False)


def test_a_file_is_opened_at_both_doors(ground: Ground) -> None:
    tip, _ = full(ground)
    file = ground.officer.get(f"{TIPS}/{tip}/content").json()["attachments"][0]["id"]
    answer = ground.officer.get(f"{TIPS}/{tip}/attachments/{file}/content")
    assert (answer.status_code, answer.content) == (200, PICTURE)
    assert answer.headers["content-type"] == "image/png"
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["content-disposition"] == "attachment"
    told = ground.officer.ask(FILE, id=str(tip), of=file)["data"]["tipAttachmentContent"]
    assert b64decode(told["content"]) == PICTURE
    assert [resource for resource, *_ in reads(ground, tip)] == [
        "tip_text",
        *["tip_attachment"] * 2,
    ]
    other, _ = full(ground)
    answer = ground.officer.get(f"{TIPS}/{other}/attachments/{file}/content")
    assert answer.json()["code"] == "tip_attachment_not_found"
    assert ground.officer.get(f"{TIPS}/{tip}/attachments/{uuid4()}/content").status_code == 404


def test_a_file_whose_content_is_gone_is_told_so(ground: Ground) -> None:
    tip, _ = full(ground)
    ground.rows("UPDATE tip_attachment SET sha256 = repeat('0', 64) WHERE tip_id = $1", tip)
    file = ground.officer.get(f"{TIPS}/{tip}/content").json()["attachments"][0]["id"]
    answer = ground.officer.get(f"{TIPS}/{tip}/attachments/{file}/content")
    assert (answer.status_code, answer.json()["code"]) == (409, "tip_attachment_away")


@pytest.mark.parametrize("door", ["rest", "graphql"])
def test_a_word_to_the_informant_is_read_by_his_receipt(ground: Ground, door: str) -> None:
    tip, receipt = full(ground)
    words = "Xin cho biết thêm thời gian."
    if door == "rest":
        answer = ground.officer.post(f"{TIPS}/{tip}/messages", {"text": words})
        assert (answer.status_code, answer.json()["number"]) == (201, 2)
        assert answer.headers["cache-control"] == "no-store"
    else:
        told = ground.officer.ask(SEND, id=str(tip), data={"text": words})
        assert told["data"]["sendTipMessage"]["number"] == 2
    assert opened_by_receipt(ground, tip, receipt) == [TEXT, "Thêm một điều.", words]
    assert ground.officer.get(f"{TIPS}/{tip}/content").json()["messages"][1]["text"] == words
    assert words.encode() not in b"".join(
        row["sealed"]
        for row in ground.rows("SELECT sealed FROM tip_message WHERE tip_id = $1", tip)
    )


@pytest.mark.parametrize("text", ["", " ", "\n\t"])
def test_an_empty_word_is_refused(ground: Ground, text: str) -> None:
    assert ground.officer.post(f"{TIPS}/{ground.tip()}/messages", {"text": text}).status_code == 422


def test_a_notice_of_resumption_meets_its_clock(ground: Ground) -> None:
    tip = ground.tip(state="suspended")
    said = {"text": "Vụ việc được phục hồi.", "notice": True}
    answer = ground.officer.post(f"{TIPS}/{tip}/messages", said)
    assert (answer.status_code, answer.json()["code"]) == (409, "no_clock_runs")
    assert ground.step(ground.investigator, tip, "resume").status_code == 200
    assert ground.now(tip)["clock"] == "tip_resumption_notice"
    assert ground.officer.post(f"{TIPS}/{tip}/messages", said).status_code == 201
    assert ground.now(tip)["clock"] == "tip_after_resumption"


def test_after_a_transfer_only_what_is_shared_is_read(ground: Ground) -> None:
    tip, _ = full(ground)
    spans = [{"begin": 0, "end": 6}]
    answer = ground.officer.post(f"{TIPS}/{tip}/redactions", {"spans": spans, "reason": "Tên"})
    assert answer.status_code == 200, answer.text
    file = ground.officer.get(f"{TIPS}/{tip}/content").json()["attachments"][0]["id"]
    assert ground.officer.get(f"{TIPS}/{tip}/content", whole=True).json()["text"] == TEXT
    ground.hand_over(tip, "2.1", "text")
    holder = ground.who(Role.INVESTIGATOR, of="2.1")
    assert ground.officer.get(f"{TIPS}/{tip}/content").status_code == 404
    for whole in (False, True):
        told = holder.get(f"{TIPS}/{tip}/content", whole=whole).json()
        assert told["text"] == "█" * 6 + TEXT[6:]
        assert (told["messages"], told["attachments"], told["is_whole"]) == ([], [], False)
    answer = holder.get(f"{TIPS}/{tip}/attachments/{file}/content")
    assert answer.json()["code"] == "tip_attachment_not_found"


def test_what_comes_after_a_transfer_is_read_by_the_new_holder(ground: Ground) -> None:
    tip, receipt = full(ground)
    ground.hand_over(tip, "2.1")
    holder = ground.who(Role.INVESTIGATOR, of="2.1")
    assert holder.post(f"{TIPS}/{tip}/messages", {"text": "Chào"}).status_code == 201
    told = holder.get(f"{TIPS}/{tip}/content").json()
    assert told["text"] is None
    assert [word["text"] for word in told["messages"]] == ["Chào"]
    assert opened_by_receipt(ground, tip, receipt)[-1] == "Chào"


def test_a_server_that_only_takes_tips_in_opens_none(
    ground: Ground, tmp_path: Path, house_url: str
) -> None:
    """It has the public keys alone: it seals, and opens nothing."""
    tip, _ = full(ground)
    settings = ground.house.app.state.house.settings
    known = json.loads(settings.tip_key_files[0].read_text())
    write_keys(tmp_path / "intake.json", parted(known)[0])
    with House.on(house_url, tip_keys=tmp_path / "intake.json") as sealed:
        elsewhere = Ground(sealed, ground.country, house_url)
        for asked in (f"{TIPS}/{tip}/content",):
            answer = elsewhere.officer.get(asked)
            assert (answer.status_code, answer.json()["code"]) == (503, "sealed_here")
        assert code_of(elsewhere.officer.ask(CONTENT, id=str(tip))) == "sealed_here"
        assert elsewhere.officer.post(f"{TIPS}/{tip}/messages", {"text": "Vâng"}).status_code == 201
    assert ground.officer.get(f"{TIPS}/{tip}/content").json()["messages"][-1]["text"] == "Vâng"


def test_what_a_tip_says_is_neither_in_lists_nor_in_the_log(ground: Ground) -> None:
    canary = f"canary-{uuid4().hex}"
    tip, _ = full(ground, text=f"Chuyện về {canary}")
    caller = ground.officer
    assert canary in caller.get(f"{TIPS}/{tip}/content").text
    everything = "assignments,clocks,alike,redactions,transitions,unit"
    assert canary not in caller.get(TIPS, limit=100, expand=everything).text
    assert canary not in caller.get(f"{TIPS}/{tip}", expand=everything).text
    assert canary not in LOG.getvalue()
