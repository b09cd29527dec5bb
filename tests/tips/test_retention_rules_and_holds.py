"""Retention rules are national; holds are put on tips of one's own unit."""

import asyncio
from typing import Any

import pytest

from app.domain.actor import Role
from tests.application import Application, Caller, runner
from tests.tips.expiry_scenario import ExpiryScenario

RULES, HOLDS = "/api/v1/retention-rules", "/api/v1/tip-holds"
RULE = {"of": "tip", "valid_from": "2030-01-01", "months": 12, "basis": "Luật", "source": "x",
        "certainty": "read"}  # fmt: skip
ADD = """mutation($data: RetentionRuleCreate!) {
  addRetentionRule(data: $data) { id of months days certainty } }"""
HOLD = "mutation($id: UUID!, $data: HoldInput!) { holdTip(id: $id, data: $data) { id isLive } }"
RELEASE = """mutation($id: UUID!, $data: ReleaseInput!) {
  releaseTip(id: $id, data: $data) { id isLive releaseReason } }"""
SPELT = {"of": "TIP", "validFrom": "2031-01-01", "months": 12, "basis": "Luật", "source": "x",
         "certainty": "READ"}  # fmt: skip


def code(answer: Any) -> str:
    """Return the code of a GraphQL refusal."""
    return str(answer["errors"][0]["extensions"]["code"])


def hold(scenario: ExpiryScenario, caller: Caller, tip: Any) -> Any:
    said = {"reason": "Đang tố tụng", "document_id": str(scenario.document())}
    return caller.post(f"/api/v1/tips/{tip}/hold", said)


def test_rules_and_holds_need_a_token(keeping: ExpiryScenario) -> None:
    nobody, tip = keeping.application.nobody, keeping.give_closed_tip(1)[0]
    assert nobody.post(RULES, RULE).status_code == 401
    assert nobody.get(RULES).status_code == 401
    assert nobody.get(HOLDS).status_code == 401
    assert hold(keeping, nobody, tip).status_code == 401
    said = {"reason": "x"}
    assert nobody.post(f"/api/v1/tips/{tip}/hold/release", said).status_code == 401
    assert nobody.query(ADD, data=SPELT).status_code == 401


@pytest.mark.parametrize("role", [Role.VIEWER, Role.UNIT_ADMIN, Role.IDENTITY_CUSTODIAN])
def test_only_tip_handlers_hold(keeping: ExpiryScenario, role: Role) -> None:
    tip, caller = keeping.give_closed_tip(1)[0], keeping.caller(role)
    assert hold(keeping, caller, tip).status_code == 403
    assert caller.get(HOLDS).status_code == 403
    said = {"reason": "x", "documentId": str(keeping.document())}
    assert code(caller.ask(HOLD, id=str(tip), data=said)) == "forbidden"


@pytest.mark.parametrize("of", ["1.2", "2", "1.1.1", ""])
def test_tip_of_another_unit_is_not_found(keeping: ExpiryScenario, of: str) -> None:
    """A village of the commune and the country do not reach it either."""
    tip = keeping.give_closed_tip(1)[0]
    mine = hold(keeping, keeping.caller(Role.TIP_OFFICER), tip).json()["id"]
    other = keeping.caller(Role.TIP_OFFICER, of=of)
    assert hold(keeping, other, tip).json()["code"] == "tip_not_found"
    said = {"reason": "x", "documentId": str(keeping.document())}
    assert code(other.ask(HOLD, id=str(tip), data=said)) == "tip_not_found"
    assert code(other.ask(RELEASE, id=str(tip), data={"reason": "x"})) == "tip_not_found"
    assert other.get(f"{HOLDS}/{mine}").status_code == 404
    assert mine not in {one["id"] for one in other.get(HOLDS, limit=100).json()["items"]}
    assert keeping.caller(Role.TIP_OFFICER, of="1").get(f"{HOLDS}/{mine}").status_code == 200


@pytest.mark.parametrize("of", ["1", "1.1"])
def test_only_a_national_unit_adds_rules(keeping: ExpiryScenario, of: str) -> None:
    caller = keeping.caller(Role.UNIT_ADMIN, of=of)
    assert caller.post(RULES, RULE).json()["code"] == "for_the_country_only"
    assert code(caller.ask(ADD, data=SPELT)) == "for_the_country_only"
    assert keeping.caller(Role.VIEWER, of="").post(RULES, RULE).status_code == 403


def test_rules_are_added_in_order_of_their_dates(keeping: ExpiryScenario) -> None:
    caller = keeping.caller(Role.UNIT_ADMIN, of="")
    entered = caller.post(RULES, RULE)
    assert (entered.status_code, entered.json()["months"]) == (201, 12)
    assert caller.post(RULES, RULE).json()["code"] == "retention_rule_not_later"
    told = caller.ask(ADD, data=SPELT)["data"]["addRetentionRule"]
    assert (told["of"], told["months"], told["days"], told["certainty"]) == ("TIP", 12, 0, "READ")
    known = keeping.caller(Role.VIEWER).get(RULES, of="tip").json()["items"]
    assert [one["valid_from"] for one in known] == ["2031-01-01", "2030-01-01", "2020-01-01"]
    entries = keeping.rows("SELECT * FROM audit_entry WHERE resource = 'retention_rule'")
    assert len(entries) == 2


@pytest.mark.parametrize(
    ("over", "where"),
    [
        ({"of": "words"}, "/of"),
        ({"months": 0}, ""),
        ({"months": -1}, "/months"),
        ({"days": 99_999}, "/days"),
        ({"certainty": "sure"}, "/certainty"),
        ({"basis": " "}, "/basis"),
        ({"more": 1}, "/more"),
    ],
)
def test_each_input_error_is_named(
    keeping: ExpiryScenario, over: dict[str, Any], where: str
) -> None:
    for language in ("vi", "en"):
        caller = keeping.caller(Role.UNIT_ADMIN, of="").speaking(language)
        answer = caller.post(RULES, RULE | over)
        assert answer.status_code == 422
        assert answer.json()["errors"][0]["pointer"] == where
        assert answer.json()["errors"][0]["message"]


def test_new_rule_applies_to_tips_without_notice(keeping: ExpiryScenario) -> None:
    noticed = keeping.give_noticed_tip(800)[0]
    waiting = keeping.give_closed_tip(400)[0]
    day = keeping.tip(noticed)["expires_on"]
    shorter = RULE | {"of": "notice", "days": 10, "months": 0, "valid_from": "2021-01-01"}
    assert keeping.caller(Role.UNIT_ADMIN, of="").post(RULES, shorter).status_code == 201
    keeping.run()
    assert keeping.tip(noticed)["expires_on"] == day
    assert keeping.tip(waiting)["expires_on"] is None
    late = keeping.give_closed_tip(801)[0]
    keeping.run()
    assert (day - keeping.tip(late)["expires_on"]).days == 20


def test_tip_is_held_once_and_released_once(keeping: ExpiryScenario) -> None:
    tip, caller = keeping.give_closed_tip(1)[0], keeping.caller(Role.TIP_OFFICER)
    said = {"reason": "Đang tố tụng", "documentId": str(keeping.document())}
    assert caller.ask(HOLD, id=str(tip), data=said)["data"]["holdTip"]["isLive"] is True
    assert hold(keeping, caller, tip).json()["code"] == "tip_already_held"
    shown = caller.get(HOLDS, tip_id=str(tip), live="true").json()["items"]
    assert [one["reason"] for one in shown] == ["Đang tố tụng"]
    told = caller.ask(RELEASE, id=str(tip), data={"reason": "Xong"})["data"]["releaseTip"]
    assert (told["isLive"], told["releaseReason"]) == (False, "Xong")
    again = caller.post(f"/api/v1/tips/{tip}/hold/release", {"reason": "Xong"})
    assert (again.status_code, again.json()["code"]) == (409, "tip_not_held")
    assert caller.get(HOLDS, tip_id=str(tip), live="true").json()["items"] == []
    assert hold(keeping, caller, tip).status_code == 201
    acts = keeping.rows(
        "SELECT act FROM audit_entry WHERE operation = 'tip:hold' AND resource = 'tip_hold' "
        "AND subject = 'somebody' ORDER BY id"
    )
    assert [one["act"] for one in acts][-3:] == ["create", "change", "create"]


def test_hold_needs_an_existing_document(keeping: ExpiryScenario) -> None:
    tip, caller = keeping.give_closed_tip(1)[0], keeping.caller(Role.TIP_OFFICER)
    said = {"reason": "x", "document_id": str(tip)}
    assert caller.post(f"/api/v1/tips/{tip}/hold", said).json()["code"] == "document_not_found"
    blank = {"reason": " ", "document_id": str(keeping.document())}
    assert caller.post(f"/api/v1/tips/{tip}/hold", blank).status_code == 422


def test_reading_a_hold_is_audited(keeping: ExpiryScenario) -> None:
    tip, caller = keeping.give_closed_tip(1)[0], keeping.caller(Role.TIP_OFFICER)
    made = hold(keeping, caller, tip).json()["id"]
    sql = "SELECT count(*) AS n FROM audit_entry WHERE act = 'read' AND resource = 'tip_hold'"
    before = keeping.rows(sql)[0]["n"]
    assert caller.get(f"{HOLDS}/{made}").status_code == 200
    assert keeping.rows(sql)[0]["n"] == before + 1


def test_shipped_rules_are_loaded_at_start(atlas: Application) -> None:
    known = atlas.national(Role.VIEWER).get(RULES).json()["items"]
    told = {one["of"]: (one["months"], one["days"], one["certainty"]) for one in known}
    assert told == {"tip": (24, 0, "memory"), "identity": (0, 90, "memory"),
                    "notice": (0, 30, "memory"), "case": (24, 0, "memory"),
                    "minor_case": (12, 0, "memory")}  # fmt: skip


def test_concurrent_holds_make_one(keeping: ExpiryScenario) -> None:
    tip, caller = keeping.give_closed_tip(1)[0], keeping.caller(Role.TIP_OFFICER)
    said = {"reason": "x", "document_id": str(keeping.document())}

    async def both() -> list[int]:
        path = f"/api/v1/tips/{tip}/hold"
        asked = [
            keeping.application.answer("POST", path, json=said, headers=caller.headers)
            for _ in range(4)
        ]
        return sorted(answer.status_code for answer in await asyncio.gather(*asked))

    assert runner().run(both()) == [201, 409, 409, 409]
