"""Redactions: hidden spans, and spans that nobody can decrypt any more."""

import json
from typing import Any
from uuid import UUID

import pytest

from app.domain.actor import Role
from app.domain.confidential.crypto.envelopes import DecryptionFailed, decrypt, row_context
from app.domain.tips.sketches import make_sketch
from tests.tips.fixtures import TEXT
from tests.tips.scenario import OTHER, TIPS, TipScenario, code_of
from tests.tips.test_content import opened_by_receipt

REDACT = """mutation($id: UUID!, $data: RedactionCreate!) {
  redactTip(id: $id, data: $data) { id redactions { begin end permanent reason } } }"""
NAMED = "Bà Hàng Xóm đánh cháu nhỏ mỗi tối ở nhà số bảy, ai cũng biết."


def redact(scenario: TipScenario, tip: UUID, *spans: tuple[int, int], **more: Any) -> Any:
    said = {"spans": [{"begin": b, "end": e} for b, e in spans], "reason": "Danh tính"} | more
    return scenario.officer.post(f"{TIPS}/{tip}/redactions", said)


def read_text(scenario: TipScenario, tip: UUID, **terms: Any) -> str:
    found: str = scenario.officer.get(f"{TIPS}/{tip}/content", **terms).json()["text"]
    return found


def read_sealed(scenario: TipScenario, tip: UUID) -> tuple[bytes, dict[str, str]]:
    (row,) = scenario.rows("SELECT sealed, keys FROM tip_text WHERE tip_id = $1", tip)
    return row["sealed"], json.loads(row["keys"])


def test_redaction_needs_a_token(scenario: TipScenario) -> None:
    tip, said = scenario.tip(), {"spans": [{"begin": 0, "end": 1}], "reason": "x"}
    assert scenario.application.nobody.post(f"{TIPS}/{tip}/redactions", said).status_code == 401
    assert scenario.application.nobody.query(REDACT, id=str(tip), data=said).status_code == 401


def test_only_assigned_officers_redact(scenario: TipScenario) -> None:
    tip, said = scenario.tip(), {"spans": [{"begin": 0, "end": 1}], "reason": "x"}
    viewer, other = scenario.who(Role.VIEWER), scenario.who(Role.TIP_OFFICER, subject=OTHER)
    beside = scenario.who(Role.TIP_OFFICER, of="1.2")
    for caller, status, code in (
        (viewer, 403, "forbidden"), (other, 403, "not_assigned"), (beside, 404, "tip_not_found"),
    ):  # fmt: skip
        answer = caller.post(f"{TIPS}/{tip}/redactions", said)
        assert (answer.status_code, answer.json()["code"]) == (status, code)
        assert code_of(caller.ask(REDACT, id=str(tip), data=said)) == code


def test_redacted_spans_show_only_in_the_whole_text(scenario: TipScenario) -> None:
    tip = scenario.tip(text=NAMED)
    answer = redact(scenario, tip, (3, 11))
    assert answer.status_code == 200
    assert [(s["begin"], s["end"], s["permanent"]) for s in answer.json()["redactions"]] == [
        (3, 11, False)
    ]
    assert read_text(scenario, tip) == "Bà " + "█" * 8 + NAMED[11:]
    assert read_text(scenario, tip, whole=True) == NAMED


def test_redaction_over_graphql(scenario: TipScenario) -> None:
    tip = scenario.tip(text=NAMED)
    said = {"spans": [{"begin": 0, "end": 2}, {"begin": 3, "end": 11}], "reason": "Danh tính"}
    found = scenario.officer.ask(REDACT, id=str(tip), data=said)["data"]["redactTip"]
    assert [span["begin"] for span in found["redactions"]] == [0, 3]
    assert read_text(scenario, tip).startswith("██ ████████ ")


def test_redactions_are_listed_for_the_assigned_only(scenario: TipScenario) -> None:
    tip = scenario.tip(text=NAMED)
    redact(scenario, tip, (3, 11))
    other = scenario.who(Role.TIP_OFFICER, subject=OTHER)
    assert other.get(f"{TIPS}/{tip}", expand="redactions").json()["redactions"] == []


def test_permanent_redaction_cannot_be_decrypted(scenario: TipScenario) -> None:
    tip, receipt = scenario.tip_with_receipt(text=NAMED)
    keys = scenario.application.app.state.resources.tips.keys
    old_seal, old_keys = read_sealed(scenario, tip)
    assert redact(scenario, tip, (3, 11), permanent=True).status_code == 200
    expected = "Bà " + "█" * 8 + NAMED[11:]
    assert read_text(scenario, tip) == read_text(scenario, tip, whole=True) == expected
    assert opened_by_receipt(scenario, tip, receipt) == [expected]
    new_seal, new_keys = read_sealed(scenario, tip)
    assert new_seal != old_seal
    for name, private in keys.content.private.items():
        place = row_context("tip_text", tip)
        with pytest.raises(DecryptionFailed):  # the old key opens nothing that is there
            decrypt(new_seal, old_keys, name, private, place)
        assert "Hàng Xóm" not in decrypt(new_seal, new_keys, name, private, place).decode()
    found = scenario.rows("SELECT value FROM tip_likeness WHERE tip_id = $1 ORDER BY place", tip)
    assert [row["value"] for row in found] == make_sketch(expected, keys.likeness)


def test_later_spans_fit_after_a_permanent_redaction(scenario: TipScenario) -> None:
    tip = scenario.tip(text=NAMED)
    redact(scenario, tip, (3, 11), permanent=True)
    redact(scenario, tip, (0, 2))
    assert read_text(scenario, tip) == "██ ████████" + NAMED[11:]


@pytest.mark.parametrize("span", [(5, 5), (6, 5), (0, len(TEXT) + 1)])
def test_span_outside_the_text_is_refused(scenario: TipScenario, span: tuple[int, int]) -> None:
    tip = scenario.tip()
    answer = redact(scenario, tip, (0, 1), span)
    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, "/spans/1")
    assert TEXT[:10] not in answer.text
    assert scenario.rows("SELECT FROM tip_redaction WHERE tip_id = $1", tip) == []
