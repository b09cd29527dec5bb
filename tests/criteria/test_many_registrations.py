"""Registration of all areas in one call: each has a result, late ones a reason, at both layers."""

from typing import Any

from app.domain.actor import Role
from tests.criteria.scenario import AREA, EVALUATIONS, ROUNDS, Programme

ALL = {"all_expected": True}
LATE: dict[str, Any] = {"register_by": "2026-01-31", "decide_by": "2026-11-15"}
REGISTER = """mutation($id: UUID!, $data: RegistrationOfMany!) { registerUnits(id: $id, data: $data)
    { registered refused items { unit id errorCode } } }"""


def complete(programme: Programme, held: Any) -> tuple[int, int, int]:
    found = programme.approver.get(f"{ROUNDS}/{held['id']}/completeness").json()
    return found["expected"], found["registered"], found["late"]


def test_all_areas_of_a_province_are_registered_in_one_call(programme: Programme) -> None:
    province = programme.at("1", Role.APPROVER)
    held = programme.open(programme.publish(*AREA), "1", province)
    one = programme.register(held, "1.2.3", who=programme.at("1.2", Role.EVALUATOR))
    path = f"{ROUNDS}/{held['id']}/registrations"
    mine = programme.evaluator.post(path, ALL).json()  # of a commune: its own areas alone
    assert (mine["registered"], mine["refused"]) == (3, 0)
    assert {item["unit"] for item in mine["items"]} == {
        str(programme.country[f"1.1.{n}"]) for n in (1, 2, 3)
    }
    rest = province.post(path, ALL).json()
    assert (rest["registered"], rest["refused"]) == (2, 0)
    assert province.post(path, ALL).json() == {"registered": 0, "refused": 0, "items": []}
    found = province.get(EVALUATIONS, round_id=held["id"]).json()["items"]
    assert len(found) == 6
    assert {row["set_hash"] for row in found} == {province.get(one).json()["set_hash"]}
    completeness = province.get(f"{ROUNDS}/{held['id']}/completeness").json()
    assert (completeness["expected"], completeness["registered"]) == (6, 6)


def test_each_named_unit_has_a_result_and_late_ones_a_reason(programme: Programme) -> None:
    held = programme.open(programme.publish(*AREA), **LATE)
    names = {path: str(programme.country[path]) for path in ("1.1.1", "1.1.2", "1.1", "1.2.1")}
    units = [{"unit": names["1.1.1"], "late_reason": "Mưa lũ"}, *(
        {"unit": unit} for unit in (names["1.1.1"], names["1.1.2"], names["1.1"], names["1.2.1"])
    )]  # fmt: skip
    path = f"{ROUNDS}/{held['id']}/registrations"
    told = programme.evaluator.post(path, {"units": units}).json()
    codes = [item["error_code"] for item in told["items"]]
    assert codes == [
        None, "already_registered", "invalid_fields", "outside_the_round", "unit_not_found",
    ]  # fmt: skip
    assert (told["registered"], told["refused"]) == (1, 4)
    assert complete(programme, held) == (3, 1, 1)
    data = {"allExpected": True, "lateReason": "Sáp nhập thôn"}
    asked = programme.evaluator.ask(REGISTER, id=held["id"], data=data)["data"]["registerUnits"]
    assert (asked["registered"], asked["refused"]) == (2, 0)
    assert complete(programme, held) == (3, 3, 3)


def test_many_are_not_registered_in_a_closed_round_or_of_organisations(
    programme: Programme,
) -> None:
    held = programme.open(programme.publish(*AREA))
    path = f"{ROUNDS}/{held['id']}"
    programme.approver.move(path, {"action": "close"})
    refused = programme.evaluator.post(f"{path}/registrations", ALL)
    assert refused.json()["code"] == "round_closed"
    schools = programme.publish(*AREA, kind="school")
    other = programme.open(schools)
    refused = programme.evaluator.post(f"{ROUNDS}/{other['id']}/registrations", ALL)
    assert refused.json()["code"] == "wrong_subject"


def test_nothing_is_registered_by_an_empty_list(programme: Programme) -> None:
    """Neither units nor all of them is no request, and both is none."""
    held = programme.open(programme.publish(*AREA))
    named = [{"unit": str(programme.country["1.1.1"])}]
    bodies: list[dict[str, Any]] = [{}, {"units": []}, {"units": named, "all_expected": True}]
    for body in bodies:
        refused = programme.evaluator.post(f"{ROUNDS}/{held['id']}/registrations", body)
        assert (refused.status_code, refused.json()["errors"][0]["code"]) == (422, "units_or_all")
        data = {"allExpected" if name == "all_expected" else name: body[name] for name in body}
        told = programme.evaluator.ask(REGISTER, id=held["id"], data=data)
        assert told["errors"][0]["extensions"]["errors"][0]["code"] == "units_or_all"
    assert complete(programme, held) == (3, 0, 0)
