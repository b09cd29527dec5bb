"""Changes of the map undone: as if they never were, or from a later day on."""

from datetime import timedelta
from uuid import UUID

import pytest

from app.db.tables.units import UnitReorganisation
from app.domain.actor import Role
from app.domain.errors import Forbidden, OutOfBounds
from app.domain.records.errors import build_not_found
from app.domain.units.errors import UnitClosed
from app.domain.units.reorganisations import service
from app.domain.units.reorganisations.errors import (
    NotReversible,
    PlanNotReady,
    TouchedSince,
)
from app.domain.units.reorganisations.schemas import ReorganisationReverse
from app.domain.units.shape import today
from tests.domain.units.give import Land, astray, entered_units, standing, sums
from tests.domain.units.test_reorganisations import DAY, EVE, into, merge, new, split

LATER = DAY + timedelta(days=10)
DAYS = (EVE, DAY, LATER, today())


class TestAsIfItNeverWas:
    @pytest.mark.parametrize("fields", [merge(), split(moves=[{"unit": "A1-1", "parent": "B1"}])])
    def test_the_map_of_every_day_is_what_it_was(self, land: Land, fields: object) -> None:
        before = [standing(land, day) for day in DAYS], sums(land), entered_units(land)

        land.reverse(land.change(**fields))  # type: ignore[arg-type]

        assert ([standing(land, day) for day in DAYS], sums(land), entered_units(land)) == before
        assert land.place(land.units["A1-1"], "model") == ("A", "A1", "A1-1")
        assert (
            land.rows("SELECT 1 FROM unit_succession WHERE from_id = :id", id=land.units["A1"])
            == []
        )
        assert astray(land) == 0

    def test_what_was_recorded_meanwhile_finds_home(self, land: Land) -> None:
        id = land.change(effective_on=DAY, new_units=[new("X", code="A1")],
                         successions=[into("A1", "X")])  # fmt: skip
        made = land.id("A1", DAY)
        land.model(made, on=DAY)

        land.reverse(id)

        assert land.place(made, "model") == ("A", "A1", None)
        assert astray(land) == 0

    def test_of_a_unit_made_of_several_it_is_known_only_where_they_meet(self, land: Land) -> None:
        id = land.change(**merge())
        made = land.id("A1", DAY)
        land.model(made, on=DAY)

        land.reverse(id)

        assert land.place(made, "model") == ("A", None, None)

    def test_what_a_unit_made_of_nothing_held_goes_to_its_parent(self, land: Land) -> None:
        id = land.change(effective_on=DAY, new_units=[new("A1-9", "A1", kind="hamlet", code="H9")])
        made = land.id("H9", DAY)
        land.model(made, on=DAY)

        land.reverse(id)

        assert land.place(made, "model") == ("A", "A1", None)
        assert astray(land) == 0

    def test_a_village_entered_meanwhile_goes_back_with_its_land(self, land: Land) -> None:
        id = land.change(effective_on=DAY, new_units=[new("X", code="A1")],
                         successions=[into("A1", "X")])  # fmt: skip
        young = land.village("A1", "Mới", LATER)
        old = land.village(str(land.units["A1"]), "Cũ", EVE)

        land.reverse(id)

        assert land.place(young) == ("A", "A1", "Mới")
        assert land.place(old) == ("A", "A1", "Cũ")
        assert land.parents(today()) | {"Mới": "A1", "Cũ": "A1"} == land.parents(today())

    def test_a_village_entered_meanwhile_must_be_given_a_parent(self, land: Land) -> None:
        id = land.change(**merge())
        young = land.village("A1", "Mới", LATER)
        old = land.village(str(land.units["A2"]), "Cũ", EVE)

        with pytest.raises(PlanNotReady) as refused:
            land.reverse(id)
        land.reverse(id, moves=[{"unit": str(young), "parent": "A2"}])

        assert {fault["code"] for fault in refused.value.facts["faults"]} == {"needs_a_parent"}
        assert land.place(young) == ("A", "A2", "Mới")
        assert land.place(old) == ("A", "A2", "Cũ")
        assert astray(land) == 0

    def test_the_same_can_be_done_again_and_better(self, land: Land) -> None:
        land.reverse(land.change(**merge()))

        land.change(effective_on=DAY, successions=[into("A1", "A2")])

        assert land.place(land.units["A1"], "model") == ("A", "A2", None)
        assert astray(land) == 0

    def test_a_wrong_target_leaves_no_trace(self, land: Land) -> None:
        land.reverse(land.change(effective_on=DAY, successions=[into("A1", "B1")]))

        land.change(effective_on=DAY, successions=[into("A1", "A2")])

        assert land.place(land.units["A1"], "model") == ("A", "A2", None)

    def test_names_come_back(self, land: Land) -> None:
        before = standing(land, DAY)

        land.reverse(land.change(effective_on=DAY, renames=[{"unit": "A1", "name": "Nhất"}]))

        assert standing(land, DAY) == before

    def test_two_can_be_undone_last_first(self, land: Land) -> None:
        before = standing(land, today())
        first = land.change(**merge())
        second = land.change(effective_on=LATER, successions=[into("A1", "A3")])

        with pytest.raises(TouchedSince) as refused:
            land.reverse(first)
        land.reverse(second)
        land.reverse(first)

        assert refused.value.facts["id"] == str(second)
        assert standing(land, today()) == before
        assert astray(land) == 0

    @pytest.mark.xfail(strict=True, reason="unit_places does not know units that never were")
    def test_a_unit_that_never_was_lies_on_older_maps_too(self, land: Land) -> None:
        id = land.change(effective_on=DAY, new_units=[new("X", code="A9")],
                         successions=[into("A1", "X")])  # fmt: skip
        made = land.id("A9", DAY)

        land.reverse(id)

        where = "SELECT commune_id FROM unit_places(:day, ARRAY[CAST(:unit AS uuid)])"
        assert land.one(where, day=EVE, unit=made) == land.units["A1"]


class TestFromALaterDayOn:
    def test_the_old_goes_on_and_the_time_between_stays(self, land: Land) -> None:
        totals, before, eve = sums(land), standing(land, DAY), standing(land, EVE)
        id = land.change(**merge())
        between = standing(land, DAY)

        land.reverse(id, LATER)

        assert standing(land, EVE) == eve
        assert standing(land, DAY) == standing(land, LATER - timedelta(days=1)) == between
        assert standing(land, LATER) == standing(land, today()) == before
        assert sums(land) == totals
        assert astray(land) == 0

    def test_the_new_unit_is_closed_then_with_successors(self, land: Land) -> None:
        id = land.change(**merge())
        made = land.id("A1", DAY)
        land.model(made, on=DAY)

        land.reverse(id, LATER)

        with pytest.raises(UnitClosed) as refused:
            land.model(made, on=LATER)
        assert {unit["name"] for unit in refused.value.facts["successors"]} == {"A1", "A2"}
        assert land.place(made, "model") == ("A", None, None)

    def test_names_come_back_from_that_day_on(self, land: Land) -> None:
        id = land.change(effective_on=DAY, renames=[{"unit": "A1", "name": "Nhất", "code": "A8"}])

        land.reverse(id, LATER)

        named = "SELECT name, code FROM unit_version WHERE unit_id = :id ORDER BY valid_from"
        assert land.rows(named, id=land.units["A1"]) == [("A1", "A1"), ("Nhất", "A8"), ("A1", "A1")]

    def test_a_code_given_away_meanwhile_stands_in_the_way(self, land: Land) -> None:
        id = land.change(effective_on=DAY, renames=[{"unit": "A1", "code": "A8"}])
        land.change(effective_on=LATER, new_units=[new("Y", "B", code="A1")])

        with pytest.raises(PlanNotReady) as refused:
            land.reverse(id)

        assert [fault["code"] for fault in refused.value.facts["faults"]] == ["code_taken"]

    def test_a_unit_without_an_earlier_parent_must_be_given_one(self, land: Land) -> None:
        land.change(**split())
        id = land.change(effective_on=DAY, moves=[{"unit": "A1-1", "parent": "A7"}])

        with pytest.raises(PlanNotReady) as refused:
            land.reverse(id, LATER)
        land.reverse(id, LATER, moves=[{"unit": "A1-1", "parent": "A2"}])

        assert [fault["code"] for fault in refused.value.facts["faults"]] == ["needs_a_parent"] * 2
        assert land.place(land.units["A1-1"]) == ("A", "A2", "A1-1")

    def test_a_unit_that_goes_back_by_itself_takes_no_other_parent(self, land: Land) -> None:
        id = land.change(**merge())

        with pytest.raises(PlanNotReady) as refused:
            land.reverse(id, LATER, moves=[{"unit": "A1-1", "parent": "A2"}])

        assert "named_twice" in {fault["code"] for fault in refused.value.facts["faults"]}

    def test_a_unit_that_ends_twice_goes_where_it_went_last(self, land: Land) -> None:
        land.reverse(land.change(effective_on=DAY, successions=[into("A1", "B1")]), LATER)

        land.change(effective_on=today(), successions=[into("A1", "A2")])

        assert land.place(land.units["A1"], "model") == ("A", "A2", None)


class TestRefusals:
    def test_a_draft_and_a_reversal_cannot_be_reversed(self, land: Land) -> None:
        done = land.change(**merge())

        for id in (
            land.draft(effective_on=DAY, successions=[into("B1", "B2")]),
            land.reverse(done),
            done,
        ):
            with pytest.raises(NotReversible):
                land.reverse(id)

    @pytest.mark.parametrize("day", [EVE, today() + timedelta(days=1)])
    def test_not_before_the_change_and_not_in_the_future(self, land: Land, day: object) -> None:
        id = land.change(**merge())

        with pytest.raises(OutOfBounds):
            land.reverse(id, day)  # type: ignore[arg-type]

    def test_the_reversal_names_what_it_reverses(self, land: Land) -> None:
        id = land.change(**merge())

        reversal = land.reverse(id)

        told = land.rows(
            "SELECT kind, state, reverses_id, plan->>'reason' FROM unit_reorganisation "
            "ORDER BY created_at"
        )
        assert told == [
            ("reorganisation", "reversed", None, None),
            ("reversal", "committed", id, "Nhầm"),
        ]
        assert reversal != id

    @pytest.mark.parametrize(("role", "of", "error"), [
        (Role.VIEWER, "VN", Forbidden),
        (Role.UNIT_ADMIN, "B", type(build_not_found(UnitReorganisation))),
    ])  # fmt: skip
    def test_who_may_not(self, land: Land, role: Role, of: str, error: type[Exception]) -> None:
        id: UUID = land.change(**merge())
        data = ReorganisationReverse(reason="Nhầm")

        with pytest.raises(error):
            land.run(service.reverse_reorganisation(land.session, land.actor(role, of), id, data))
