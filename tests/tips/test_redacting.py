"""Words of a tip that are not shown; and words that nobody opens any more."""

import json
from typing import Any
from uuid import UUID

import pytest

from app.domain.actor import Role
from app.domain.tips.likeness import sketch
from app.domain.tips.protecting.sealing import SealBroken, opened, place_of
from tests.tips.give import TEXT
from tests.tips.ground import OTHER, TIPS, Ground, code_of
from tests.tips.test_content import opened_by_receipt

REDACT = """mutation($id: UUID!, $data: RedactionCreate!) {
  redactTip(id: $id, data: $data) { id redactions { begin end permanent reason } } }"""
NAMED = "Bà Hàng Xóm đánh cháu nhỏ mỗi tối ở nhà số bảy, ai cũng biết."


def redact(ground: Ground, tip: UUID, *spans: tuple[int, int], **more: Any) -> Any:
    said = {"spans": [{"begin": b, "end": e} for b, e in spans], "reason": "Danh tính"} | more
    return ground.officer.post(f"{TIPS}/{tip}/redactions", said)


def shown(ground: Ground, tip: UUID, **terms: Any) -> str:
    found: str = ground.officer.get(f"{TIPS}/{tip}/content", **terms).json()["text"]
    return found


def sealed(ground: Ground, tip: UUID) -> tuple[bytes, dict[str, str]]:
    (row,) = ground.rows("SELECT sealed, keys FROM tip_text WHERE tip_id = $1", tip)
    return row["sealed"], json.loads(row["keys"])


def test_nobody_redacts_without_a_token(ground: Ground) -> None:
    tip, said = ground.tip(), {"spans": [{"begin": 0, "end": 1}], "reason": "x"}
    assert ground.house.nobody.post(f"{TIPS}/{tip}/redactions", said).status_code == 401
    assert ground.house.nobody.query(REDACT, id=str(tip), data=said).status_code == 401


def test_only_the_assigned_redact(ground: Ground) -> None:
    tip, said = ground.tip(), {"spans": [{"begin": 0, "end": 1}], "reason": "x"}
    viewer, other = ground.who(Role.VIEWER), ground.who(Role.TIP_OFFICER, subject=OTHER)
    beside = ground.who(Role.TIP_OFFICER, of="1.2")
    for caller, status, code in (
        (viewer, 403, "forbidden"), (other, 403, "not_assigned"), (beside, 404, "tip_not_found"),
    ):  # fmt: skip
        answer = caller.post(f"{TIPS}/{tip}/redactions", said)
        assert (answer.status_code, answer.json()["code"]) == (status, code)
        assert code_of(caller.ask(REDACT, id=str(tip), data=said)) == code


def test_hidden_letters_are_not_shown_unless_the_whole_is_asked_for(ground: Ground) -> None:
    tip = ground.tip(text=NAMED)
    answer = redact(ground, tip, (3, 11))
    assert answer.status_code == 200
    assert [(s["begin"], s["end"], s["permanent"]) for s in answer.json()["redactions"]] == [
        (3, 11, False)
    ]
    assert shown(ground, tip) == "Bà " + "█" * 8 + NAMED[11:]
    assert shown(ground, tip, whole=True) == NAMED


def test_the_same_over_graphql(ground: Ground) -> None:
    tip = ground.tip(text=NAMED)
    said = {"spans": [{"begin": 0, "end": 2}, {"begin": 3, "end": 11}], "reason": "Danh tính"}
    found = ground.officer.ask(REDACT, id=str(tip), data=said)["data"]["redactTip"]
    assert [span["begin"] for span in found["redactions"]] == [0, 3]
    assert shown(ground, tip).startswith("██ ████████ ")


def test_redactions_are_told_to_the_assigned_alone(ground: Ground) -> None:
    tip = ground.tip(text=NAMED)
    redact(ground, tip, (3, 11))
    other = ground.who(Role.TIP_OFFICER, subject=OTHER)
    assert other.get(f"{TIPS}/{tip}", expand="redactions").json()["redactions"] == []


def test_what_is_redacted_for_ever_opens_for_nobody(ground: Ground) -> None:
    tip, receipt = ground.received(text=NAMED)
    keys = ground.house.app.state.house.tips.keys
    old_seal, old_keys = sealed(ground, tip)
    assert redact(ground, tip, (3, 11), permanent=True).status_code == 200
    expected = "Bà " + "█" * 8 + NAMED[11:]
    assert shown(ground, tip) == shown(ground, tip, whole=True) == expected
    assert opened_by_receipt(ground, tip, receipt) == [expected]
    new_seal, new_keys = sealed(ground, tip)
    assert new_seal != old_seal
    for name, private in keys.content.private.items():
        place = place_of("tip_text", tip)
        with pytest.raises(SealBroken):  # the old key opens nothing that is there
            opened(new_seal, old_keys, name, private, place)
        assert "Hàng Xóm" not in opened(new_seal, new_keys, name, private, place).decode()
    found = ground.rows("SELECT value FROM tip_likeness WHERE tip_id = $1 ORDER BY place", tip)
    assert [row["value"] for row in found] == sketch(expected, keys.likeness)


def test_later_spans_still_fit_after_some_are_gone(ground: Ground) -> None:
    tip = ground.tip(text=NAMED)
    redact(ground, tip, (3, 11), permanent=True)
    redact(ground, tip, (0, 2))
    assert shown(ground, tip) == "██ ████████" + NAMED[11:]


@pytest.mark.parametrize("span", [(5, 5), (6, 5), (0, len(TEXT) + 1)])
def test_a_span_outside_of_the_text_is_refused_and_nothing_is_told(
    ground: Ground, span: tuple[int, int]
) -> None:
    tip = ground.tip()
    answer = redact(ground, tip, (0, 1), span)
    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, "/spans/1")
    assert TEXT[:10] not in answer.text
    assert ground.rows("SELECT FROM tip_redaction WHERE tip_id = $1", tip) == []
