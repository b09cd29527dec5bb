"""A tip from its informant to the decision and back, through the API alone."""

from base64 import b64encode
from typing import Any

import pytest

from app.domain.actor import Role
from app.domain.tips.crypto.receipts import parse_receipt
from tests.application import Application
from tests.give import Country
from tests.tips.scenario import DECISION, ME, TIPS, TipScenario

PUBLIC = "/api/v1/public/tips"
WORDS = "Có người lạ rình mò quanh trường học mỗi chiều."
BOTH = (Role.TIP_OFFICER, Role.INVESTIGATOR)


@pytest.fixture
def scenario(
    deadline_application: Application, country: Country, application_url: str
) -> TipScenario:
    return TipScenario(deadline_application, country, application_url)


def test_tip_is_submitted_handled_and_answered(scenario: TipScenario) -> None:
    nobody, both = scenario.application.nobody, scenario.who(*BOTH)
    data: dict[str, Any] = {"text": WORDS, "unit_code": str(scenario.country["1.1"])}
    given = nobody.post(PUBLIC, data)
    assert given.status_code == 201, given.text
    receipt = given.json()["receipt"]
    own = {"receipt": receipt}
    file = {"content": b64encode("Biển số: không rõ".encode()).decode()}
    assert nobody.post(f"{PUBLIC}/attachments", own | file).status_code == 201
    assert nobody.post(f"{PUBLIC}/messages", own | {"text": "Thêm: khoảng 17 giờ."}).is_success

    lookup = scenario.application.app.state.resources.tips.keys.receipts.derive_keys(
        parse_receipt(receipt) or ""
    ).lookup
    tip = scenario.rows("SELECT tip_id FROM tip_receipt WHERE lookup = $1", lookup)[0]["tip_id"]
    row = both.get(f"{TIPS}/{tip}").json()
    assert (row["state"], row["clock"], row["overdue"]) == ("received", "tip_transfer", False)
    assert both.post(f"{TIPS}/{tip}/assignments", {"subject": ME}).status_code == 200
    content = both.get(f"{TIPS}/{tip}/content").json()
    assert content["text"] == WORDS
    assert [word["text"] for word in content["messages"]] == ["Thêm: khoảng 17 giờ."]
    opened = f"{TIPS}/{tip}/attachments/{content['attachments'][0]['id']}/content"
    assert both.get(opened).text == "Biển số: không rõ"

    for action, more in (
        ("record", {}), ("triage", {"kind": "crime_report"}), ("take_up", {}),
        ("decide_not", DECISION), ("notify_informant", {"message": "Không khởi tố vụ án."}),
        ("close", {}),
    ):  # fmt: skip
        answer = scenario.step(both, tip, action, **more)
        assert answer.status_code == 200, (action, answer.text)
    told = nobody.post(f"{PUBLIC}/status", own).json()
    assert told["messages"][-1]["text"] == "Không khởi tố vụ án."
    assert (told["closed"], told["due_on"]) == (True, None)


def test_permanent_redaction_hides_text_from_the_informant(scenario: TipScenario) -> None:
    data = {"text": WORDS, "unit": str(scenario.country["1.1"]), "channel": "in_person"}
    made = scenario.officer.post(TIPS, data)
    assert made.status_code == 201, made.text
    tip, receipt = made.json()["id"], made.json()["receipt"]
    spans = {"spans": [{"begin": 0, "end": 11}], "reason": "Danh tính", "permanent": True}
    assert scenario.officer.post(f"{TIPS}/{tip}/redactions", spans).status_code == 200
    told = scenario.application.nobody.post(f"{PUBLIC}/status", {"receipt": receipt}).json()
    assert told["text"] == "█" * 11 + WORDS[11:]
