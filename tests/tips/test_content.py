"""Content of a tip: decrypted for assigned officers, and audited before it leaves."""

import json
from base64 import b64decode
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from app.domain.actor import Role
from app.domain.confidential.crypto.envelopes import decrypt, decrypt_with_key, row_context
from app.domain.confidential.crypto.keyrings import write_key_file
from app.domain.tips.crypto.keys import split_keys
from app.domain.tips.crypto.receipts import INFORMANT
from tests.application import LOG, Application
from tests.tips.fixtures import TEXT
from tests.tips.scenario import ME, OTHER, TIPS, TipScenario, code_of

CONTENT = """query($id: UUID!, $whole: Boolean! = false) { tipContent(id: $id, whole: $whole) {
  text isWhole where notTo aboutOfficialsOf messages { number fromInformant text }
  attachments { id mediaType size } } }"""
FILE = """query($id: UUID!, $of: UUID!) {
  tipAttachmentContent(id: $id, attachmentId: $of) { mediaType content } }"""
SEND = """mutation($id: UUID!, $data: TipMessageCreate!) {
  sendTipMessage(id: $id, data: $data) { id number sentOn } }"""
WRONG = [role for role in Role if role not in (Role.TIP_OFFICER, Role.INVESTIGATOR)]
PICTURE = b"\x89PNG not really"


def full(scenario: TipScenario, **more: Any) -> tuple[UUID, str]:
    """Insert a tip with a message and a file."""
    return scenario.tip_with_receipt(
        messages=["Thêm một điều."], attachments=[(PICTURE, "image/png")], **more
    )


def reads(scenario: TipScenario, tip: UUID) -> list[tuple[str, str, str]]:
    found = scenario.rows(
        "SELECT resource, operation, subject FROM audit_entry WHERE act = 'read' AND "
        "operation = 'tip:read_content' AND (resource_id = $1 OR resource_id IN "
        "(SELECT id FROM tip_attachment WHERE tip_id = $1)) ORDER BY id", tip,
    )  # fmt: skip
    return [(row["resource"], row["operation"], row["subject"]) for row in found]


def details(scenario: TipScenario, tip: UUID) -> set[str]:
    """Return the details of the audit entries about the content of a tip."""
    found = scenario.rows(
        "SELECT detail FROM audit_entry WHERE act = 'read' AND operation = 'tip:read_content' AND "
        "(resource_id = $1 OR resource_id IN "
        "(SELECT id FROM tip_attachment WHERE tip_id = $1)) ORDER BY id", tip,
    )  # fmt: skip
    return {row["detail"] for row in found}


def opened_by_receipt(scenario: TipScenario, tip: UUID, receipt: str) -> list[str]:
    """Decrypt what the informant reads, with nothing but their receipt and the tables."""
    keys = scenario.application.app.state.resources.tips.keys
    (kept,) = scenario.rows("SELECT * FROM tip_receipt WHERE tip_id = $1", tip)
    raw = decrypt_with_key(
        keys.receipts.derive_keys(receipt).key, kept["private_key"], row_context("tip_receipt", tip)
    )
    own = X25519PrivateKey.from_private_bytes(raw)
    (text,) = scenario.rows("SELECT * FROM tip_text WHERE tip_id = $1", tip)
    context, keys = row_context("tip_text", tip), json.loads(text["keys"])
    told = json.loads(decrypt(text["sealed"], keys, INFORMANT, own, context))
    words = scenario.rows("SELECT * FROM tip_message WHERE tip_id = $1 ORDER BY number", tip)
    return [told["text"]] + [
        decrypt(
            word["sealed"], json.loads(word["keys"]), INFORMANT, own,
            row_context("tip_message", word["id"]),
        ).decode()
        for word in words
    ]  # fmt: skip


def test_content_needs_a_token(scenario: TipScenario) -> None:
    tip, _ = full(scenario)
    assert scenario.application.nobody.get(f"{TIPS}/{tip}/content").status_code == 401
    assert scenario.application.nobody.query(CONTENT, id=str(tip)).status_code == 401


@pytest.mark.parametrize("role", WRONG)
def test_only_tip_handlers_read_content(scenario: TipScenario, role: Role) -> None:
    tip, _ = full(scenario)
    assert scenario.who(role).get(f"{TIPS}/{tip}/content").json()["code"] == "forbidden"
    assert code_of(scenario.who(role).ask(CONTENT, id=str(tip))) == "forbidden"
    assert details(scenario, tip) == {"refused: forbidden"}


@pytest.mark.parametrize("of", ["1.2", "2", "", "1.1.1"])
def test_assignment_out_of_scope_finds_no_tip(scenario: TipScenario, of: str) -> None:
    tip, _ = full(scenario)
    caller = scenario.who(Role.TIP_OFFICER, Role.INVESTIGATOR, of=of)
    assert caller.get(f"{TIPS}/{tip}/content").json()["code"] == "tip_not_found"
    assert code_of(caller.ask(CONTENT, id=str(tip))) == "tip_not_found"


def test_unassigned_officer_reads_no_content(scenario: TipScenario) -> None:
    tip, _ = full(scenario)
    file = str(scenario.rows("SELECT id FROM tip_attachment WHERE tip_id = $1", tip)[0]["id"])
    caller = scenario.who(Role.TIP_OFFICER, Role.INVESTIGATOR, subject=OTHER)
    assert caller.get(f"{TIPS}/{tip}").status_code == 200
    for path in ("content", f"attachments/{file}/content", "alike"):
        answer = caller.get(f"{TIPS}/{tip}/{path}")
        assert (answer.status_code, answer.json()["code"]) == (403, "not_assigned")
    answer = caller.post(f"{TIPS}/{tip}/messages", {"text": "x"})
    assert answer.json()["code"] == "not_assigned"
    assert code_of(caller.ask(CONTENT, id=str(tip))) == "not_assigned"
    assert code_of(caller.ask(FILE, id=str(tip), of=file)) == "not_assigned"
    assert code_of(caller.ask(SEND, id=str(tip), data={"text": "x"})) == "not_assigned"
    assert details(scenario, tip) == {"refused: not_assigned"}


def test_assigned_officer_reads_content_and_each_read_is_audited(scenario: TipScenario) -> None:
    tip, _ = full(scenario)
    answer = scenario.officer.get(f"{TIPS}/{tip}/content")
    assert answer.headers["cache-control"] == "no-store"
    told = answer.json()
    assert told["text"] == TEXT
    assert [word["text"] for word in told["messages"]] == ["Thêm một điều."]
    assert [file["media_type"] for file in told["attachments"]] == ["image/png"]
    assert reads(scenario, tip) == [("tip_text", "tip:read_content", ME)]
    again = scenario.officer.ask(CONTENT, id=str(tip))["data"]["tipContent"]
    assert (again["text"], again["messages"][0]["text"]) == (TEXT, "Thêm một điều.")
    assert len(reads(scenario, tip)) == 2


def test_content_is_withheld_when_audit_fails(scenario: TipScenario) -> None:
    tip, _ = full(scenario)
    scenario.rows("REVOKE INSERT ON audit_entry FROM binhyen_runtime")
    try:
        answer = scenario.officer.get(f"{TIPS}/{tip}/content")
        told = scenario.officer.ask(CONTENT, id=str(tip))
    finally:
        scenario.rows("GRANT INSERT ON audit_entry TO binhyen_runtime")
    assert answer.status_code == 500
    assert TEXT not in answer.text + json.dumps(told, ensure_ascii=False)


def test_attachment_is_read_over_rest_and_graphql(scenario: TipScenario) -> None:
    tip, _ = full(scenario)
    file = scenario.officer.get(f"{TIPS}/{tip}/content").json()["attachments"][0]["id"]
    answer = scenario.officer.get(f"{TIPS}/{tip}/attachments/{file}/content")
    assert (answer.status_code, answer.content) == (200, PICTURE)
    assert answer.headers["content-type"] == "image/png"
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["content-disposition"] == "attachment"
    told = scenario.officer.ask(FILE, id=str(tip), of=file)["data"]["tipAttachmentContent"]
    assert b64decode(told["content"]) == PICTURE
    assert [resource for resource, *_ in reads(scenario, tip)] == [
        "tip_text",
        *["tip_attachment"] * 2,
    ]
    other, _ = full(scenario)
    answer = scenario.officer.get(f"{TIPS}/{other}/attachments/{file}/content")
    assert answer.json()["code"] == "tip_attachment_not_found"
    assert scenario.officer.get(f"{TIPS}/{tip}/attachments/{uuid4()}/content").status_code == 404


def test_missing_attachment_content_is_reported(scenario: TipScenario) -> None:
    tip, _ = full(scenario)
    scenario.rows("UPDATE tip_attachment SET sha256 = repeat('0', 64) WHERE tip_id = $1", tip)
    file = scenario.officer.get(f"{TIPS}/{tip}/content").json()["attachments"][0]["id"]
    answer = scenario.officer.get(f"{TIPS}/{tip}/attachments/{file}/content")
    assert (answer.status_code, answer.json()["code"]) == (409, "tip_attachment_away")


@pytest.mark.parametrize("layer", ["rest", "graphql"])
def test_message_to_the_informant_is_read_by_receipt(scenario: TipScenario, layer: str) -> None:
    tip, receipt = full(scenario)
    words = "Xin cho biết thêm thời gian."
    if layer == "rest":
        answer = scenario.officer.post(f"{TIPS}/{tip}/messages", {"text": words})
        assert (answer.status_code, answer.json()["number"]) == (201, 2)
        assert answer.headers["cache-control"] == "no-store"
    else:
        told = scenario.officer.ask(SEND, id=str(tip), data={"text": words})
        assert told["data"]["sendTipMessage"]["number"] == 2
    assert opened_by_receipt(scenario, tip, receipt) == [TEXT, "Thêm một điều.", words]
    assert scenario.officer.get(f"{TIPS}/{tip}/content").json()["messages"][1]["text"] == words
    assert words.encode() not in b"".join(
        row["sealed"]
        for row in scenario.rows("SELECT sealed FROM tip_message WHERE tip_id = $1", tip)
    )


@pytest.mark.parametrize("text", ["", " ", "\n\t"])
def test_empty_message_is_refused(scenario: TipScenario, text: str) -> None:
    assert (
        scenario.officer.post(f"{TIPS}/{scenario.tip()}/messages", {"text": text}).status_code
        == 422
    )


def test_resumption_notice_meets_its_deadline(scenario: TipScenario) -> None:
    tip = scenario.tip(state="suspended")
    said = {"text": "Vụ việc được phục hồi.", "notice": True}
    answer = scenario.officer.post(f"{TIPS}/{tip}/messages", said)
    assert (answer.status_code, answer.json()["code"]) == (409, "no_clock_runs")
    assert scenario.step(scenario.investigator, tip, "resume").status_code == 200
    assert scenario.now(tip)["clock"] == "tip_resumption_notice"
    assert scenario.officer.post(f"{TIPS}/{tip}/messages", said).status_code == 201
    assert scenario.now(tip)["clock"] == "tip_after_resumption"


def test_after_transfer_only_shared_parts_are_read(scenario: TipScenario) -> None:
    tip, _ = full(scenario)
    spans = [{"begin": 0, "end": 6}]
    answer = scenario.officer.post(f"{TIPS}/{tip}/redactions", {"spans": spans, "reason": "Tên"})
    assert answer.status_code == 200, answer.text
    file = scenario.officer.get(f"{TIPS}/{tip}/content").json()["attachments"][0]["id"]
    assert scenario.officer.get(f"{TIPS}/{tip}/content", whole=True).json()["text"] == TEXT
    scenario.hand_over(tip, "2.1", "text")
    holder = scenario.who(Role.INVESTIGATOR, of="2.1")
    assert scenario.officer.get(f"{TIPS}/{tip}/content").status_code == 404
    for whole in (False, True):
        told = holder.get(f"{TIPS}/{tip}/content", whole=whole).json()
        assert told["text"] == "█" * 6 + TEXT[6:]
        assert (told["messages"], told["attachments"], told["is_whole"]) == ([], [], False)
    answer = holder.get(f"{TIPS}/{tip}/attachments/{file}/content")
    assert answer.json()["code"] == "tip_attachment_not_found"


def test_new_holder_reads_what_comes_after_the_transfer(scenario: TipScenario) -> None:
    tip, receipt = full(scenario)
    scenario.hand_over(tip, "2.1")
    holder = scenario.who(Role.INVESTIGATOR, of="2.1")
    assert holder.post(f"{TIPS}/{tip}/messages", {"text": "Chào"}).status_code == 201
    told = holder.get(f"{TIPS}/{tip}/content").json()
    assert told["text"] is None
    assert [word["text"] for word in told["messages"]] == ["Chào"]
    assert opened_by_receipt(scenario, tip, receipt)[-1] == "Chào"


def test_intake_server_decrypts_no_content(
    scenario: TipScenario, tmp_path: Path, application_url: str
) -> None:
    """A server with the public keys alone encrypts, and decrypts nothing."""
    tip, _ = full(scenario)
    settings = scenario.application.app.state.resources.settings
    known = json.loads(settings.tip_key_files[0].read_text())
    write_key_file(tmp_path / "intake.json", split_keys(known)[0])
    with Application.on(application_url, tip_keys=tmp_path / "intake.json") as sealed:
        elsewhere = TipScenario(sealed, scenario.country, application_url)
        for asked in (f"{TIPS}/{tip}/content",):
            answer = elsewhere.officer.get(asked)
            assert (answer.status_code, answer.json()["code"]) == (503, "sealed_here")
        assert code_of(elsewhere.officer.ask(CONTENT, id=str(tip))) == "sealed_here"
        assert elsewhere.officer.post(f"{TIPS}/{tip}/messages", {"text": "Vâng"}).status_code == 201
    assert scenario.officer.get(f"{TIPS}/{tip}/content").json()["messages"][-1]["text"] == "Vâng"


def test_content_is_in_no_list_and_no_log(scenario: TipScenario) -> None:
    canary = f"canary-{uuid4().hex}"
    tip, _ = full(scenario, text=f"Chuyện về {canary}")
    caller = scenario.officer
    assert canary in caller.get(f"{TIPS}/{tip}/content").text
    everything = "assignments,clocks,alike,redactions,transitions,unit"
    assert canary not in caller.get(TIPS, limit=100, expand=everything).text
    assert canary not in caller.get(f"{TIPS}/{tip}", expand=everything).text
    assert canary not in LOG.getvalue()
