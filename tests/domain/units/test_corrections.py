"""Corrections of what became of ended units: edges replaced, villages and records taken along."""

from datetime import timedelta
from typing import Any

import pytest

from app.domain.errors import OutOfBounds
from app.domain.records.files.reader import Table
from app.domain.units.errors import RowsInvalid
from app.domain.units.reorganisations.corrections import parse_corrections, to_drafts
from app.domain.units.reorganisations.schemas import ReorganisationDraft
from app.domain.units.shape import today
from tests.application import runner
from tests.domain.units.give import Land, astray, standing, sums
from tests.domain.units.test_reorganisations import DAY, EVE, codes, into, split


def corrections(rows: list[dict[str, Any]]) -> list[ReorganisationDraft]:
    parsed = runner().run(parse_corrections(Table.from_rows(rows)))
    return to_drafts([row for _, row in parsed])


def correct(*edges: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"kind": "correction", "effective_on": DAY, "successions": list(edges)} | more


def test_edges_are_replaced_and_records_go_along(land: Land) -> None:
    land.change(**split())

    dry = land.try_dry(id := land.draft(**correct(into("A1", "A2"))))
    land.commit(id, dry.plan_hash)

    edges = "SELECT to_id, share, reorganisation_id FROM unit_succession WHERE from_id = :id"
    assert land.rows(edges, id=land.units["A1"]) == [(land.units["A2"], 1, id)]
    assert (dry.closing, dry.opening, dry.moving, dry.records["model"]) == (0, 0, 2, 3)
    assert land.place(land.units["A1"], "model") == ("A", "A2", None)
    assert land.place(land.units["A1-1"], "model") == ("A", "A2", "A1-1")
    assert astray(land) == 0


def test_what_was_replaced_stays_in_the_plan(land: Land) -> None:
    land.change(**split())

    id = land.change(**correct(into("A1", "A2")))

    kept = "SELECT jsonb_array_length(plan->'done'->'replaced') FROM unit_reorganisation"
    assert land.one(f"{kept} WHERE id = :id", id=id) == 2


def test_what_followed_the_wrong_unit_follows_the_right_one(land: Land) -> None:
    totals = sums(land)
    land.change(effective_on=DAY, successions=[into("A1", "B1")])

    land.change(**correct(into("A1", "A2")))

    assert land.place(land.units["A1-2"], "model") == ("A", "A2", "A1-2")
    assert land.parents(DAY)["A1-2"] == "A2"
    assert sums(land) == totals
    assert astray(land) == 0


def test_what_was_moved_by_name_stays(land: Land) -> None:
    land.change(**split(moves=[{"unit": "A1-1", "parent": "A3"}, {"unit": "A1-2", "parent": "A2"}]))

    dry = land.try_dry(id := land.draft(**correct(into("A1", "A7"))))
    land.commit(id, dry.plan_hash)

    assert land.parents(DAY)["A1-1"] == "A3"
    assert land.parents(DAY)["A1-2"] == "X"
    assert astray(land) == 0


def test_an_unmapped_village_gets_its_parent(land: Land) -> None:
    land.change(**split())

    moves = [{"unit": "A1-1", "parent": "A7"}]
    land.change(**correct(moves=moves))

    assert land.parents(DAY)["A1-1"] == "X"
    assert land.place(land.units["A1-1"], "model") == ("A", "X", "A1-1")
    assert land.place(land.units["A1-2"], "model") == ("A", None, "A1-2")


def test_a_village_of_a_whole_unit_found_divided_is_unmapped(land: Land) -> None:
    land.change(effective_on=DAY, successions=[into("A1", "A2")])

    dry = land.try_dry(id := land.draft(**correct(into("A1", "A3"), into("A1", "B1"))))
    land.commit(id, dry.plan_hash)

    assert [unit.name for unit in dry.unmapped_villages] == ["A1-1", "A1-2"]
    assert land.place(land.units["A1-1"], "model") == (None, None, "A1-1")
    assert astray(land) == 0


def test_only_what_became_of_an_ended_unit_can_be_corrected(land: Land) -> None:
    dry = land.try_dry(land.draft(**correct(into("A1", "A2"))))

    assert codes(dry) == [("/successions/0/from_unit", "not_ended")]


def test_it_is_undone_only_as_if_it_never_was(land: Land) -> None:
    land.change(**split(moves=[{"unit": "A1-1", "parent": "A2"}]))
    before = [standing(land, day) for day in (EVE, DAY, today())]
    edges = "SELECT * FROM unit_succession ORDER BY id"
    found = land.rows(edges)
    id = land.change(**correct(into("A1", "A7"), moves=[{"unit": "A1-2", "parent": "A3"}]))

    with pytest.raises(OutOfBounds):
        land.reverse(id, DAY + timedelta(days=1))
    land.reverse(id)

    assert [standing(land, day) for day in (EVE, DAY, today())] == before
    assert land.rows(edges) == found
    assert astray(land) == 0


ROW = {"from_code": "A1", "to_code": "A2", "effective_on": "2025-07-01"}


class TestTables:
    def test_a_table_gives_a_correction_for_each_day(self) -> None:
        rows = [
            ROW | {"share": "0.25", "is_main": "true", "decision": "1/NQ"},
            ROW | {"effective_on": "2024-01-01"},
            ROW | {"to_code": "A3"},
        ]

        first, second = corrections(rows)

        assert (first.kind, first.effective_on.isoformat()) == ("correction", "2024-01-01")
        assert [(s.to_unit, s.share, s.is_main, s.decision) for s in second.successions] == [
            ("A2", 0.25, True, "1/NQ"),
            ("A3", None, False, None),
        ]

    @pytest.mark.parametrize(
        ("row", "pointer", "code"),
        [
            (ROW | {"share": "1.5"}, "/rows/2/share", "less_than_equal"),
            (
                ROW | {"effective_on": "hôm qua"},
                "/rows/2/effective_on",
                "day_invalid",
            ),
            (ROW | {"note": "?"}, "/rows/2/note", "extra_forbidden"),
            ({"from_code": "A1", "effective_on": "2025-07-01"}, "/rows/2/to_code", "missing"),
            (ROW, "/rows/2", "row_twice"),
        ],
    )
    def test_a_fault_is_reported_with_its_row(self, row: Any, pointer: str, code: str) -> None:
        with pytest.raises(RowsInvalid) as refused:
            corrections([ROW, row])

        assert [(c.pointer, c.code) for c in refused.value.errors] == [(pointer, code)]
        assert refused.value.facts == {"faults": 1, "rows": 2}
