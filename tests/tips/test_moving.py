"""The steps of a tip at both doors: who takes them, in which order, and what becomes of clocks."""

import asyncio
from typing import Any

import pytest

from app.db.tables.tips import TipState
from app.domain.actor import Role
from tests.house import runner
from tests.tips.ground import DECISION, ME, TIPS, Ground, code_of

MOVE = """mutation($id: UUID!, $v: Int!, $data: TipTransition!) {
  moveTip(id: $id, expectedVersion: $v, data: $data) { id state version allowedActions } }"""
AT_TIPS = (Role.TIP_OFFICER, Role.INVESTIGATOR)
OTHERS = [role for role in Role if role not in AT_TIPS]
WAY = [
    ("record", "recorded", {}),
    ("triage", "triaged", {"kind": "crime_report", "category": "drugs"}),
    ("take_up", "with_investigator", {}),
    ("suspend", "suspended", {"reason": "Chờ kết quả giám định"}),
    ("resume", "with_investigator", {}),
    ("decide_prosecute", "decided_prosecute", DECISION),
    ("notify_informant", "informant_notified", {"message": "Vụ việc đã được khởi tố."}),
    ("close", "closed", {}),
]


def test_nobody_moves_a_tip_without_a_token(ground: Ground) -> None:
    tip = ground.tip()
    said = {"action": "record"}
    assert ground.house.nobody.post(f"{TIPS}/{tip}/transitions", said).status_code == 401
    assert ground.house.nobody.query(MOVE, id=str(tip), v=1, data=said).status_code == 401


@pytest.mark.parametrize("role", OTHERS)
def test_only_who_handles_tips_moves_them(ground: Ground, role: Role) -> None:
    tip, caller = ground.tip(), ground.who(role)
    said, seen = {"action": "record"}, {"headers": {"if-match": '"1"'}}
    answer = caller.post(f"{TIPS}/{tip}/transitions", said, **seen)
    assert (answer.status_code, answer.json()["code"]) == (403, "forbidden")
    assert code_of(caller.ask(MOVE, id=str(tip), v=1, data=said)) == "forbidden"
    assert ground.now(tip)["state"] == "received"


@pytest.mark.parametrize("of", ["1.2", "2", "", "1.1.1"])
def test_a_tip_of_another_unit_is_not_there(ground: Ground, of: str) -> None:
    tip, caller = ground.tip(), ground.who(Role.TIP_OFFICER, of=of)
    said, seen = {"action": "record"}, {"headers": {"if-match": '"1"'}}
    answer = caller.post(f"{TIPS}/{tip}/transitions", said, **seen)
    assert (answer.status_code, answer.json()["code"]) == (404, "tip_not_found")
    assert code_of(caller.ask(MOVE, id=str(tip), v=1, data=said)) == "tip_not_found"
    assert caller.get(f"{TIPS}/{tip}").status_code == 404


def test_the_whole_way_of_a_tip(ground: Ground) -> None:
    tip = ground.tip()
    both = ground.who(*AT_TIPS)
    for action, state, more in WAY:
        answer = ground.step(both, tip, action, **more)
        assert answer.status_code == 200, (action, answer.text)
        assert answer.json()["state"] == state
    found = ground.now(tip, expand="clocks,transitions")
    assert (found["outcome"], found["resolved_in_time"]) == ("prosecuted", True)
    assert found["due_on"] is found["clock"] is None
    assert found["allowed_actions"] == []
    assert [step["action"] for step in found["transitions"]] == [action for action, *_ in WAY]
    clocks = {clock["rule_code"]: clock["state"] for clock in found["clocks"]}
    assert clocks == dict.fromkeys(
        ("tip_transfer", "tip_resolution", "tip_after_resumption", "tip_resumption_notice"), "met"
    )


def test_the_same_way_over_graphql(ground: Ground) -> None:
    tip = ground.tip()
    both = ground.who(*AT_TIPS)
    for version, (action, state, more) in enumerate(WAY, 1):
        said: dict[str, Any] = {"action": action}
        for name, value in more.items():
            head, *tail = name.split("_")
            spelt = value.upper() if name in ("kind", "category") else value
            said[head + "".join(part.title() for part in tail)] = spelt
        answer = both.ask(MOVE, id=str(tip), v=version, data=said)
        assert answer["data"]["moveTip"]["state"] == state.upper(), answer


@pytest.mark.parametrize("action", ["take_up", "decide_not", "suspend", "resume"])
def test_only_investigators_take_up_and_decide(ground: Ground, action: str) -> None:
    tip = ground.in_state(TipState.TRIAGED)
    answer = ground.step(ground.officer, tip, action, **DECISION)
    assert (answer.status_code, answer.json()["permission"]) == (403, "tip:decide")


@pytest.mark.parametrize("state", list(TipState))
def test_a_step_that_is_not_allowed_names_those_that_are(ground: Ground, state: TipState) -> None:
    tip = ground.in_state(state)
    allowed = ground.now(tip)["allowed_actions"]
    both = ground.who(*AT_TIPS)
    for action in {action for action, *_ in WAY} - set(allowed):
        answer = ground.step(both, tip, action, reason="x", document_id=DECISION["document_id"])
        told = answer.json()
        assert (answer.status_code, told["code"]) == (409, "illegal_transition")
        assert (told["state"], told["allowed_actions"]) == (state, allowed)
    assert ground.now(tip)["state"] == state


def test_no_step_refuses_a_tip(ground: Ground) -> None:
    tip = ground.tip()
    for action in ("reject", "refuse", "decline", "dismiss"):
        assert ground.step(ground.officer, tip, action).json()["code"] == "illegal_transition"


def test_a_step_is_taken_from_the_version_that_was_seen(ground: Ground) -> None:
    tip, path = ground.tip(), {"action": "record"}
    at = f"{TIPS}/{tip}/transitions"
    assert ground.officer.post(at, path).status_code == 428
    assert ground.officer.post(at, path, headers={"if-match": '"7"'}).status_code == 412
    assert code_of(ground.officer.ask(MOVE, id=str(tip), v=7, data=path)) == "stale"


def test_two_officers_record_at_once_and_one_step_is_taken(ground: Ground) -> None:
    tip = ground.tip()
    caller = ground.officer

    async def race() -> list[int]:
        asked = [
            ground.house.answer(
                "POST", f"{TIPS}/{tip}/transitions", json={"action": "record"},
                headers=caller.headers | {"if-match": '"1"'},
            )
            for _ in range(6)
        ]  # fmt: skip
        return sorted(answer.status_code for answer in await asyncio.gather(*asked))

    assert runner().run(race()) == [200, *[412] * 5]
    steps = ground.rows("SELECT action FROM transition WHERE resource_id = $1", tip)
    assert [step["action"] for step in steps] == ["record"]


@pytest.mark.parametrize(
    ("more", "because"),
    [
        ({"kind": "crime_denunciation"}, "Đ.145"),
        ({"kind": "crime_report"}, "Đ.145"),
        ({"kind": "prosecution_proposal"}, "Đ.145"),
        ({"kind": "feedback", "category": "domestic_violence"}, "35/2013/QH13"),
    ],
)
def test_crimes_and_domestic_violence_are_not_settled_locally(
    ground: Ground, more: dict[str, str], because: str
) -> None:
    tip = ground.in_state(TipState.TRIAGED, **more)
    answer = ground.step(ground.officer, tip, "handle_locally")
    assert (answer.status_code, answer.json()["code"]) == (409, "must_be_handed_over")
    assert because in answer.json()["detail"]
    assert "handle_locally" not in ground.now(tip)["allowed_actions"]
    assert ground.now(tip)["state"] == "triaged"


@pytest.mark.parametrize(
    ("action", "more", "outcome"),
    [
        ("handle_locally", {}, "handled_locally"),
        ("forward", {"reason": "Thuộc thẩm quyền thanh tra"}, "forwarded"),
    ],
)
def test_what_is_settled_without_an_investigator_meets_the_first_clock(
    ground: Ground, action: str, more: dict[str, str], outcome: str
) -> None:
    tip = ground.in_state(TipState.TRIAGED, kind="feedback")
    assert ground.now(tip)["clock"] == "tip_transfer"
    assert ground.step(ground.officer, tip, action, **more).status_code == 200
    found = ground.now(tip)
    assert (found["outcome"], found["resolved_in_time"]) == (outcome, True)
    assert found["clock"] is None


def test_a_resolution_is_counted_for_the_unit_that_received(ground: Ground) -> None:
    counted = "SELECT event FROM tip_count WHERE unit_id = $1"
    before = len(ground.rows(counted, ground.country["2.1"]))
    received = ground.country["2.1"]
    tip = ground.in_state(TipState.WITH_INVESTIGATOR, received_unit_id=received)
    assert ground.step(ground.investigator, tip, "decide_not", **DECISION).status_code == 200
    events = [row["event"] for row in ground.rows(counted, received)]
    assert len(events) == before + 1
    assert events[-1] == "answered"


@pytest.mark.parametrize(
    ("action", "more", "pointer"),
    [
        ("record", {"kind": "feedback"}, "/kind"),
        ("record", {"category": "drugs"}, "/category"),
        ("record", {"cancelled": True}, "/cancelled"),
        ("record", {"message": "x"}, "/message"),
        ("record", {"effective_on": "2020-01-01"}, "/effective_on"),
    ],
)
def test_what_does_not_belong_to_a_step_is_refused(
    ground: Ground, action: str, more: dict[str, Any], pointer: str
) -> None:
    answer = ground.step(ground.officer, ground.tip(), action, **more)
    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, pointer)


@pytest.mark.parametrize(
    ("state", "action", "code"),
    [
        (TipState.TRIAGED, "forward", "reason_needed"),
        (TipState.WITH_INVESTIGATOR, "decide_not", "reason_needed"),
        (TipState.WITH_INVESTIGATOR, "suspend", "reason_needed"),
        (TipState.DECIDED_NOT, "notify_informant", "message_needed"),
    ],
)
def test_what_a_step_asks_for_is_said(
    ground: Ground, state: TipState, action: str, code: str
) -> None:
    answer = ground.step(ground.who(*AT_TIPS), ground.in_state(state), action)
    assert (answer.status_code, answer.json()["errors"][0]["code"]) == (422, code)


def test_a_decision_names_its_document(ground: Ground) -> None:
    tip = ground.in_state(TipState.WITH_INVESTIGATOR)
    answer = ground.step(ground.investigator, tip, "decide_prosecute", reason="x")
    assert answer.json()["errors"][0]["code"] == "document_needed"


def test_who_is_not_assigned_does_not_write_to_the_informant(ground: Ground) -> None:
    tip = ground.in_state(TipState.DECIDED_NOT, mine=False)
    answer = ground.step(ground.officer, tip, "notify_informant", message="Không khởi tố.")
    assert (answer.status_code, answer.json()["code"]) == (403, "not_assigned")
    assert ground.now(tip)["state"] == "decided_not"
    assert ground.rows("SELECT FROM tip_message WHERE tip_id = $1", tip) == []


def test_a_tip_that_waits_to_be_cancelled_has_its_own_clock(ground: Ground) -> None:
    tip = ground.in_state(TipState.SUSPENDED)
    assert ground.step(ground.investigator, tip, "resume", cancelled=True).status_code == 200
    clocks = {clock["rule_code"] for clock in ground.now(tip, expand="clocks")["clocks"]}
    assert clocks == {"tip_after_cancelled_suspension", "tip_resumption_notice"}
    assert ground.now(tip)["clock"] == "tip_resumption_notice"


def test_a_tip_is_described_otherwise(ground: Ground) -> None:
    tip = ground.tip()
    said = {"kind": "violation_info", "category": "traffic", "is_useful": True}
    answer = ground.officer.change("PATCH", f"{TIPS}/{tip}", said)
    assert answer.status_code == 200
    assert {name: answer.json()[name] for name in said} == said
    assert answer.json()["version"] == 2
    assert ground.officer.send("PATCH", f"{TIPS}/{tip}", json=said).status_code == 428
    told = ground.rows("SELECT fields FROM outbox WHERE resource_id = $1 AND version = 2", tip)
    assert [sorted(row["fields"]) for row in told] == [sorted(said)]
    change = """mutation($id: UUID!, $data: TipChange!) {
      changeTip(id: $id, expectedVersion: 2, data: $data) { isUseful category kind } }"""
    found = ground.officer.ask(change, id=str(tip), data={"isUseful": False, "category": None})
    assert found["data"]["changeTip"] == {
        "isUseful": False, "category": None, "kind": "VIOLATION_INFO",
    }  # fmt: skip


def test_what_a_unit_keeps_of_a_tip_follows_its_steps(ground: Ground) -> None:
    tip = ground.in_state(TipState.TRIAGED)
    ground.rows(
        "INSERT INTO tip_stub (id, tip_id, unit_id, to_unit_id, received_on, moved_on, state) "
        "VALUES (gen_random_uuid(), $1, $2, $3, today(), today(), 'transferred')",
        tip, ground.country["2.1"], ground.country["1.1"],
    )  # fmt: skip
    ground.step(ground.investigator, tip, "take_up")
    ground.step(ground.investigator, tip, "decide_not", **DECISION)
    (stub,) = ground.rows("SELECT state, outcome, changed_by FROM tip_stub WHERE tip_id = $1", tip)
    assert dict(stub) == {"state": "decided_not", "outcome": "not_prosecuted", "changed_by": ME}


def test_every_step_is_in_the_audit_without_a_word_of_the_tip(ground: Ground) -> None:
    tip = ground.tip(text="Bí mật trong tin báo")
    ground.step(ground.officer, tip, "record")
    (entry,) = ground.rows(
        "SELECT * FROM audit_entry WHERE resource_id = $1 AND act = 'transition'", tip
    )
    assert (entry["operation"], entry["subject"]) == ("tip:move", ME)
    assert "Bí mật" not in str(dict(entry))
