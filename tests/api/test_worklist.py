"""The worklist has what waits for the caller, by permission and unit, due first."""

from typing import Any

import pytest

from app.domain.actor import Level, Role
from app.domain.records.vocabularies import list_codes
from app.features import WORKLIST
from tests.api.records import id_of, make
from tests.application import Application, Caller
from tests.give import PAPER, Country

LIST = "{ worklist(limit: 100) { items { kind resource id dueOn isOverdue } } }"


def waiting(caller: Caller) -> list[dict[str, Any]]:
    answer = caller.get("/api/v1/worklist", limit="100")
    assert answer.status_code == 200, answer.text
    found: list[dict[str, Any]] = answer.json()["items"]
    same = caller.ask(LIST)["data"]["worklist"]["items"]
    assert [one["id"] for one in same] == [one["id"] for one in found]
    return found


@pytest.fixture
def approver(application: Application, country: Country) -> Caller:
    return application.caller(Role.APPROVER, level=Level.COMMUNE, unit=country["1.1"])


def test_each_kind_has_its_label() -> None:
    assert sorted({one.kind for one in WORKLIST.waiting}) == sorted(list_codes("worklist-kinds"))


def test_it_has_what_waits_for_the_caller(
    application: Application, approver: Caller, country: Country
) -> None:
    recorder = application.caller(Role.RECORDER, level=Level.COMMUNE, unit=country["1.1"])
    at = {"unit": str(country["1.1"])}
    late, soon = (
        make(approver, "tasks", **at, title="Rà soát", due_on=day, document_id=str(PAPER))
        for day in ("2020-01-01", "2190-01-01")
    )
    path = make(recorder, "activities", **at, kind="patrol", starts_on="2025-03-01")
    assert recorder.move(path, {"action": "report"}).is_success
    ids = {"task": id_of(late), "activity_to_verify": id_of(path)}
    mine = waiting(approver)
    assert set(ids.items()) <= {(one["kind"], one["id"]) for one in mine}
    tasks = [one for one in mine if one["kind"] == "task"]
    assert [one["id"] for one in tasks if one["id"] in (id_of(late), id_of(soon))] == [
        id_of(late), id_of(soon),
    ]  # fmt: skip
    assert {one["id"]: one["is_overdue"] for one in tasks}[id_of(late)] is True
    assert id_of(path) not in {one["id"] for one in waiting(recorder)}  # somebody else verifies
    assert approver.move(path, {"action": "return", "reason": "Thiếu số"}).is_success
    returned = [one for one in waiting(recorder) if one["kind"] == "activity_returned"]
    assert id_of(path) in {one["id"] for one in returned}
    elsewhere = application.caller(Role.APPROVER, level=Level.COMMUNE, unit=country["2.1"])
    assert not {one["id"] for one in waiting(elsewhere)} & {*ids.values(), id_of(soon)}
    viewer = application.caller(Role.VIEWER, level=Level.COMMUNE, unit=country["1.1"])
    assert waiting(viewer) == []
