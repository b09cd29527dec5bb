"""Exports of cases: only those in which the asker has a part, without what is sealed."""

import orjson

from app.domain.reintegration.shape import CASE
from tests.api.test_exports import export_list
from tests.application import Caller
from tests.reintegration.scenario import CaseScenario


def _export_ids(scenario: CaseScenario, caller: Caller) -> set[str]:
    file = export_list(
        scenario.application, caller, resource="reintegration-cases", format="ndjson"
    )
    rows = [orjson.loads(line) for line in file.splitlines()]
    assert all(set(row) <= set(CASE.fields) for row in rows)
    return {row["id"] for row in rows}


def test_a_case_is_exported_by_who_has_a_part_in_it_and_nobody_else(
    scenario: CaseScenario,
) -> None:
    worker, colleague = scenario.who("exporter"), scenario.who("colleague")
    case = scenario.open(worker)["id"]
    assert case in _export_ids(scenario, worker)
    assert case not in _export_ids(scenario, colleague)
    assert case not in _export_ids(scenario, scenario.who("exporter", "1.2"))
