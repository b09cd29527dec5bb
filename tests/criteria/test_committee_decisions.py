"""A round is decided by a committee of the deciding unit, while it stands, by its positions."""

from typing import Any

from app.domain.actor import Role
from tests.criteria.scenario import AREA, EVALUATIONS, FULL, ROUNDS, Programme

CHAIR, MEMBER = "Chủ tịch UBND xã", "Trưởng Công an xã"
COMMITTEE = {"scope": "movement", "name": "Ban chỉ đạo phong trào", "chair_position": CHAIR,
             "member_positions": [MEMBER], "size": 2, "decision": "Quyết định 1",
             "established_on": "2024-01-01"}  # fmt: skip
DECIDE = """mutation($id: UUID!, $data: EvaluationTransition!, $expected: Int!) {
  transitionEvaluation(id: $id, data: $data, expectedVersion: $expected) { state decidedAs } }"""


def decide(programme: Programme, path: str, **more: Any) -> Any:
    return programme.approver.move(path, {"action": "decide"} | more)


def test_the_committee_decides_by_a_position_while_it_stands(programme: Programme) -> None:
    before = programme.approver, programme.evaluator
    programme.approver = programme.at("1.2", Role.APPROVER)
    programme.evaluator = programme.at("1.2", Role.EVALUATOR)
    try:
        walk_through(programme)
    finally:
        programme.approver, programme.evaluator = before


def walk_through(programme: Programme) -> None:
    held = programme.open(
        programme.publish(*AREA), "1.2", programme.approver, decide_committee="movement"
    )
    paths = [programme.submit(held, FULL, f"1.2.{n}") for n in (1, 2, 3)]
    for path in paths:
        programme.walk(path, "verify")
    none = decide(programme, paths[0], position=CHAIR)
    assert (none.status_code, none.json()["code"]) == (409, "no_deciding_committee")
    unit = {"unit": str(programme.country["1.2"])}
    made = programme.approver.post("/api/v1/committees", COMMITTEE | unit)
    assert made.status_code == 201, made.text
    for position in (None, "Người khác"):
        refused = decide(programme, paths[0], position=position)
        assert refused.json()["errors"][0]["code"] == "unknown_position"
        assert refused.json()["errors"][0]["allowed"] == [CHAIR, MEMBER]
    done = decide(programme, paths[0], position=MEMBER)
    assert (done.status_code, done.json()["decided_as"]) == (200, MEMBER), done.text
    other = programme.approver.move(paths[0], {"action": "publish", "position": CHAIR})
    assert other.json()["errors"][0]["code"] == "out_of_place"
    row = programme.approver.get(paths[1]).json()
    data = {"action": "decide", "position": CHAIR}
    told = programme.approver.ask(DECIDE, id=row["id"], data=data, expected=row["version"])
    assert told["data"]["transitionEvaluation"] == {"state": "DECIDED", "decidedAs": CHAIR}
    committee = f"/api/v1/committees/{made.json()['id']}"
    ended = programme.approver.move(committee, {"action": "dissolve", "reason": "x"})
    assert ended.status_code == 200, ended.text
    row = programme.approver.get(paths[2]).json()
    body = {**data, "evaluations": [{"id": row["id"], "version": row["version"]}]}
    late = programme.approver.post(f"{ROUNDS}/{held['id']}/steps", body)
    assert (late.status_code, late.json()["code"]) == (409, "no_deciding_committee")
    alone = programme.approver.change("PATCH", f"{ROUNDS}/{held['id']}", {"decide_committee": None})
    assert alone.json()["decide_committee"] is None
    assert decide(programme, f"{EVALUATIONS}/{row['id']}").json()["decided_as"] is None
