"""Transitions of tips over REST and GraphQL: permissions, order, deadlines."""

import asyncio
from typing import Any

import pytest

from app.db.tables.tips import TipState
from app.domain.actor import Role
from tests.application import runner
from tests.tips.scenario import DECISION, ME, SETTLED, SUSPENSION, TIPS, TipScenario, code_of

MOVE = """mutation($id: UUID!, $v: Int!, $data: TipTransition!) {
  transitionTip(id: $id, expectedVersion: $v, data: $data) { id state version allowedActions } }"""
AT_TIPS = (Role.TIP_OFFICER, Role.INVESTIGATOR)
OTHERS = [role for role in Role if role not in AT_TIPS]
WAY = [
    ("record", "recorded", {}),
    ("triage", "triaged", {"kind": "crime_report", "category": "drugs"}),
    ("take_up", "with_investigator", {}),
    ("suspend", "suspended", SUSPENSION),
    ("resume", "with_investigator", {}),
    ("decide_prosecute", "decided_prosecute", DECISION),
    ("notify_informant", "informant_notified", {"message": "Vụ việc đã được khởi tố."}),
    ("close", "closed", {}),
]
CHOICES = ("kind", "category", "basis", "result")


def test_transitions_need_a_token(scenario: TipScenario) -> None:
    tip = scenario.tip()
    said = {"action": "record"}
    assert scenario.application.nobody.post(f"{TIPS}/{tip}/transitions", said).status_code == 401
    assert scenario.application.nobody.query(MOVE, id=str(tip), v=1, data=said).status_code == 401


@pytest.mark.parametrize("role", OTHERS)
def test_only_tip_handlers_apply_transitions(scenario: TipScenario, role: Role) -> None:
    tip, caller = scenario.tip(), scenario.who(role)
    said, seen = {"action": "record"}, {"headers": {"if-match": '"1"'}}
    answer = caller.post(f"{TIPS}/{tip}/transitions", said, **seen)
    assert (answer.status_code, answer.json()["code"]) == (403, "forbidden")
    assert code_of(caller.ask(MOVE, id=str(tip), v=1, data=said)) == "forbidden"
    assert scenario.now(tip)["state"] == "received"


@pytest.mark.parametrize("of", ["1.2", "2", "", "1.1.1"])
def test_tip_of_another_unit_is_not_found(scenario: TipScenario, of: str) -> None:
    tip, caller = scenario.tip(), scenario.who(Role.TIP_OFFICER, of=of)
    said, seen = {"action": "record"}, {"headers": {"if-match": '"1"'}}
    answer = caller.post(f"{TIPS}/{tip}/transitions", said, **seen)
    assert (answer.status_code, answer.json()["code"]) == (404, "tip_not_found")
    assert code_of(caller.ask(MOVE, id=str(tip), v=1, data=said)) == "tip_not_found"
    assert caller.get(f"{TIPS}/{tip}").status_code == 404


def test_whole_life_of_a_tip(scenario: TipScenario) -> None:
    tip = scenario.tip()
    both = scenario.who(*AT_TIPS)
    for action, state, more in WAY:
        answer = scenario.step(both, tip, action, **more)
        assert answer.status_code == 200, (action, answer.text)
        assert answer.json()["state"] == state
    found = scenario.now(tip, expand="clocks,transitions")
    assert (found["outcome"], found["resolved_in_time"]) == ("prosecuted", True)
    assert found["due_on"] is found["clock"] is None
    assert (found["allowed_actions"], found["action_needs"]) == (["reopen"], ["reopen.reason"])
    assert [step["action"] for step in found["transitions"]] == [action for action, *_ in WAY]
    clocks = {clock["rule_code"]: clock["state"] for clock in found["clocks"]}
    assert clocks == dict.fromkeys(
        ("tip_transfer", "tip_resolution", "tip_after_resumption", "tip_resumption_notice"), "met"
    )


def test_whole_life_over_graphql(scenario: TipScenario) -> None:
    tip = scenario.tip()
    both = scenario.who(*AT_TIPS)
    for version, (action, state, more) in enumerate(WAY, 1):
        said: dict[str, Any] = {"action": action}
        for name, value in more.items():
            head, *tail = name.split("_")
            spelt = value.upper() if name in CHOICES else value
            said[head + "".join(part.title() for part in tail)] = spelt
        answer = both.ask(MOVE, id=str(tip), v=version, data=said)
        assert answer["data"]["transitionTip"]["state"] == state.upper(), answer


@pytest.mark.parametrize("action", ["take_up", "decide_not", "suspend", "resume"])
def test_only_investigators_take_up_and_decide(scenario: TipScenario, action: str) -> None:
    tip = scenario.in_state(TipState.TRIAGED)
    answer = scenario.step(scenario.officer, tip, action, **DECISION)
    assert (answer.status_code, answer.json()["permission"]) == (403, "tip:decide")


@pytest.mark.parametrize("state", list(TipState))
def test_refused_transition_lists_allowed_actions(scenario: TipScenario, state: TipState) -> None:
    tip = scenario.in_state(state)
    allowed = scenario.now(tip)["allowed_actions"]
    both = scenario.who(*AT_TIPS)
    for action in {action for action, *_ in WAY} - set(allowed):
        answer = scenario.step(both, tip, action, reason="x", document_id=DECISION["document_id"])
        told = answer.json()
        assert (answer.status_code, told["code"]) == (409, "illegal_transition")
        assert (told["state"], told["allowed_actions"]) == (state, allowed)
    assert scenario.now(tip)["state"] == state


def test_no_transition_refuses_a_tip(scenario: TipScenario) -> None:
    tip = scenario.tip()
    for action in ("reject", "refuse", "decline", "dismiss"):
        assert scenario.step(scenario.officer, tip, action).json()["code"] == "illegal_transition"


def test_stale_version_is_refused(scenario: TipScenario) -> None:
    tip, path = scenario.tip(), {"action": "record"}
    at = f"{TIPS}/{tip}/transitions"
    assert scenario.officer.post(at, path).status_code == 428
    assert scenario.officer.post(at, path, headers={"if-match": '"7"'}).status_code == 412
    assert code_of(scenario.officer.ask(MOVE, id=str(tip), v=7, data=path)) == "stale"


def test_concurrent_transitions_apply_once(scenario: TipScenario) -> None:
    tip = scenario.tip()
    caller = scenario.officer

    async def race() -> list[int]:
        asked = [
            scenario.application.answer(
                "POST", f"{TIPS}/{tip}/transitions", json={"action": "record"},
                headers=caller.headers | {"if-match": '"1"'},
            )
            for _ in range(6)
        ]  # fmt: skip
        return sorted(answer.status_code for answer in await asyncio.gather(*asked))

    assert runner().run(race()) == [200, *[412] * 5]
    steps = scenario.rows("SELECT action FROM transition WHERE resource_id = $1", tip)
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
def test_crimes_and_domestic_violence_are_not_handled_locally(
    scenario: TipScenario, more: dict[str, str], because: str
) -> None:
    tip = scenario.in_state(TipState.TRIAGED, **more)
    answer = scenario.step(scenario.officer, tip, "handle_locally", **SETTLED)
    assert (answer.status_code, answer.json()["code"]) == (409, "must_be_handed_over")
    assert because in answer.json()["detail"]
    assert "handle_locally" not in scenario.now(tip)["allowed_actions"]
    assert scenario.now(tip)["state"] == "triaged"


@pytest.mark.parametrize(
    ("action", "more", "outcome"),
    [
        ("handle_locally", SETTLED, "handled_locally"),
        ("forward", {"reason": "Thuộc thẩm quyền thanh tra"}, "forwarded"),
    ],
)
def test_local_handling_meets_the_transfer_deadline(
    scenario: TipScenario, action: str, more: dict[str, str], outcome: str
) -> None:
    tip = scenario.in_state(TipState.TRIAGED, kind="feedback")
    assert scenario.now(tip)["clock"] == "tip_transfer"
    assert scenario.step(scenario.officer, tip, action, **more).status_code == 200
    found = scenario.now(tip)
    assert (found["outcome"], found["resolved_in_time"]) == (outcome, True)
    assert found["clock"] is None


def test_resolution_counts_for_the_receiving_unit(scenario: TipScenario) -> None:
    counted = "SELECT event FROM tip_count WHERE unit_id = $1"
    before = len(scenario.rows(counted, scenario.country["2.1"]))
    received = scenario.country["2.1"]
    tip = scenario.in_state(TipState.WITH_INVESTIGATOR, received_unit_id=received)
    assert scenario.step(scenario.investigator, tip, "decide_not", **DECISION).status_code == 200
    events = [row["event"] for row in scenario.rows(counted, received)]
    assert len(events) == before + 1
    assert events[-1] == "answered"


@pytest.mark.parametrize(
    ("action", "more", "pointer"),
    [
        ("record", {"kind": "feedback"}, "/kind"),
        ("record", {"category": "drugs"}, "/category"),
        ("record", {"cancelled": True}, "/cancelled"),
        ("record", {"message": "x"}, "/message"),
        ("record", {"result": "fined"}, "/result"),
        ("record", {"basis": "force_majeure"}, "/basis"),
        ("record", {"effective_on": "2020-01-01"}, "/effective_on"),
    ],
)
def test_field_of_another_action_is_refused(
    scenario: TipScenario, action: str, more: dict[str, Any], pointer: str
) -> None:
    answer = scenario.step(scenario.officer, scenario.tip(), action, **more)
    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, pointer)


@pytest.mark.parametrize(
    ("state", "action", "code"),
    [
        (TipState.TRIAGED, "forward", "reason_needed"),
        (TipState.WITH_INVESTIGATOR, "decide_not", "reason_needed"),
        (TipState.WITH_INVESTIGATOR, "suspend", "reason_needed"),
        (TipState.DECIDED_NOT, "notify_informant", "message_needed"),
        (TipState.TRIAGED, "handle_locally", "result_needed"),
        (TipState.CLOSED, "reopen", "reason_needed"),
    ],
)
def test_missing_field_is_named(
    scenario: TipScenario, state: TipState, action: str, code: str
) -> None:
    answer = scenario.step(scenario.who(*AT_TIPS), scenario.in_state(state), action)
    assert (answer.status_code, answer.json()["errors"][0]["code"]) == (422, code)


def test_decision_needs_a_document(scenario: TipScenario) -> None:
    tip = scenario.in_state(TipState.WITH_INVESTIGATOR)
    answer = scenario.step(scenario.investigator, tip, "decide_prosecute", reason="x")
    assert answer.json()["errors"][0]["code"] == "document_needed"


def test_unassigned_officer_cannot_message_the_informant(scenario: TipScenario) -> None:
    tip = scenario.in_state(TipState.DECIDED_NOT, mine=False)
    answer = scenario.step(scenario.officer, tip, "notify_informant", message="Không khởi tố.")
    assert (answer.status_code, answer.json()["code"]) == (403, "not_assigned")
    assert scenario.now(tip)["state"] == "decided_not"
    assert scenario.rows("SELECT FROM tip_message WHERE tip_id = $1", tip) == []


def test_cancelled_suspension_starts_its_own_deadline(scenario: TipScenario) -> None:
    tip = scenario.in_state(TipState.SUSPENDED)
    assert scenario.step(scenario.investigator, tip, "resume", cancelled=True).status_code == 200
    clocks = {clock["rule_code"] for clock in scenario.now(tip, expand="clocks")["clocks"]}
    assert clocks == {"tip_after_cancelled_suspension", "tip_resumption_notice"}
    assert scenario.now(tip)["clock"] == "tip_resumption_notice"


def test_tip_fields_are_changed(scenario: TipScenario) -> None:
    tip = scenario.tip()
    said = {"kind": "violation_info", "category": "traffic", "is_useful": True}
    answer = scenario.officer.change("PATCH", f"{TIPS}/{tip}", said)
    assert answer.status_code == 200
    assert {name: answer.json()[name] for name in said} == said
    assert answer.json()["version"] == 2
    assert scenario.officer.send("PATCH", f"{TIPS}/{tip}", json=said).status_code == 428
    told = scenario.rows("SELECT fields FROM outbox WHERE resource_id = $1 AND version = 2", tip)
    assert [sorted(row["fields"]) for row in told] == [sorted(said)]
    change = """mutation($id: UUID!, $data: TipChange!) {
      changeTip(id: $id, expectedVersion: 2, data: $data) { isUseful category kind } }"""
    found = scenario.officer.ask(change, id=str(tip), data={"isUseful": False, "category": None})
    assert found["data"]["changeTip"] == {
        "isUseful": False, "category": None, "kind": "VIOLATION_INFO",
    }  # fmt: skip


def test_stub_follows_the_transitions_of_the_tip(scenario: TipScenario) -> None:
    tip = scenario.in_state(TipState.TRIAGED)
    scenario.rows(
        "INSERT INTO tip_stub (id, tip_id, unit_id, to_unit_id, received_on, moved_on, state) "
        "VALUES (gen_random_uuid(), $1, $2, $3, today(), today(), 'transferred')",
        tip, scenario.country["2.1"], scenario.country["1.1"],
    )  # fmt: skip
    scenario.step(scenario.investigator, tip, "take_up")
    scenario.step(scenario.investigator, tip, "decide_not", **DECISION)
    (stub,) = scenario.rows(
        "SELECT state, outcome, changed_by FROM tip_stub WHERE tip_id = $1", tip
    )
    assert dict(stub) == {"state": "decided_not", "outcome": "not_prosecuted", "changed_by": ME}


def test_each_transition_is_audited_without_content(scenario: TipScenario) -> None:
    tip = scenario.tip(text="Bí mật trong tin báo")
    scenario.step(scenario.officer, tip, "record")
    (entry,) = scenario.rows(
        "SELECT * FROM audit_entry WHERE resource_id = $1 AND act = 'transition'", tip
    )
    assert (entry["operation"], entry["subject"]) == ("tip:transition", ME)
    assert "Bí mật" not in str(dict(entry))
