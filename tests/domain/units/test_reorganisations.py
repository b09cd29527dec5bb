"""Changes of the map, rule by rule: what a draft may say, what a commit does, who may do it."""

from datetime import date, timedelta
from typing import Any

import pytest

from app.domain.actor import Role
from app.domain.errors import DomainError, Forbidden, InvalidFields, NotFound
from app.domain.units.errors import PlanChanged, UnitClosed, UnitNotFound
from app.domain.units.reorganisations.errors import (
    NotADraft,
    PlanNotReady,
)
from app.domain.units.reorganisations.schemas import DryRun
from app.domain.units.shape import today
from tests.domain.units.give import Land, astray, entered_units, standing, sums

DAY = today() - timedelta(days=30)
EVE = DAY - timedelta(days=1)


def new(ref: str, parent: str = "A", **more: Any) -> dict[str, Any]:
    return {"ref": ref, "name": ref, "kind": "commune", "parent": parent} | more


def into(from_unit: str, to_unit: str, **more: Any) -> dict[str, Any]:
    return {"from_unit": from_unit, "to_unit": to_unit} | more


def merge(**more: Any) -> dict[str, Any]:
    """A1 and A2 become X, which takes the code of A1."""
    return {
        "effective_on": DAY,
        "decision": "12/NQ",
        "new_units": [new("X", code="A1")],
        "successions": [into("A1", "X"), into("A2", "X")],
    } | more


def split(**more: Any) -> dict[str, Any]:
    """A1 is divided between X and A2."""
    return {
        "effective_on": DAY,
        "new_units": [new("X", code="A7")],
        "successions": [into("A1", "X", share=0.7, is_main=True), into("A1", "A2", share=0.3)],
    } | more


def codes(dry: DryRun) -> list[tuple[str, str]]:
    return [(fault.pointer, fault.code) for fault in dry.faults]


class TestCommitting:
    def test_a_merged_commune_takes_villages_and_records_along(self, land: Land) -> None:
        totals, entered = sums(land), entered_units(land)

        dry = land.try_dry(id := land.draft(**merge()))
        land.commit(id, dry.plan_hash)

        assert (dry.ready, dry.closing, dry.opening, dry.moving) == (True, 2, 1, 4)
        moved = {table: rows for table, rows in dry.records.items() if rows}
        assert moved == {"model": 6, "model_host": 6}
        assert land.place(land.units["A1-1"]) == ("A", "X", "A1-1")
        assert land.place(land.units["A1"], "model") == ("A", "X", None)
        assert (sums(land), entered_units(land)) == (totals, entered)
        assert astray(land) == 0

    def test_a_new_unit_takes_a_code_on_the_day_it_becomes_free(self, land: Land) -> None:
        land.change(**merge())

        assert land.id("A1", EVE) == land.units["A1"]
        assert land.one("SELECT name FROM unit_dated WHERE id = :id", id=land.id("A1", DAY)) == "X"

    def test_the_map_of_the_day_before_stays_as_it_was(self, land: Land) -> None:
        before = standing(land, EVE)

        land.change(**merge())

        assert standing(land, EVE) == before
        assert land.parents(EVE)["A1-1"] == "A1"
        assert land.parents(DAY)["A1-1"] == "X"

    def test_a_whole_merger_is_recorded_as_such(self, land: Land) -> None:
        id = land.change(**merge())

        edges = land.rows("SELECT share, is_main, decision, reorganisation_id FROM unit_succession")
        assert edges == [(1, True, "12/NQ", id)] * 2

    def test_a_commune_can_go_into_one_that_stands(self, land: Land) -> None:
        land.change(effective_on=DAY, successions=[into("A1", "A2")])

        assert land.place(land.units["A1-2"]) == ("A", "A2", "A1-2")
        assert land.place(land.units["A1"], "model") == ("A", "A2", None)
        assert astray(land) == 0

    def test_provinces_merge_with_all_that_lies_in_them(self, land: Land) -> None:
        land.change(
            effective_on=DAY,
            new_units=[new("C", "VN", kind="province")],
            successions=[into("A", "C"), into("B", "C")],
        )

        assert land.place(land.units["B2-1"]) == ("C", "B2", "B2-1")
        assert astray(land) == 0

    def test_new_units_can_lie_in_new_units(self, land: Land) -> None:
        land.change(
            effective_on=DAY,
            new_units=[new("C", "VN", kind="city", code="C"), new("X", "C")],
            successions=[into("A", "C"), into("A1", "X")],
        )

        assert land.place(land.units["A1-1"]) == ("C", "X", "A1-1")
        assert land.place(land.units["A3-1"]) == ("C", "A3", "A3-1")
        names = land.rows("SELECT full_name FROM unit_dated WHERE code = 'C'")
        assert names == [("Thành phố C",)]

    def test_units_count_that_they_were_touched(self, land: Land) -> None:
        land.change(**merge())

        touched = "SELECT version, changed_by FROM unit WHERE id = :id"
        assert land.rows(touched, id=land.units["A1-1"]) == [(2, "unit_admin of VN")]
        assert land.rows(touched, id=land.units["A3-1"]) == [(1, "system")]


class TestDividing:
    def test_units_of_a_divided_commune_stay_unmapped(self, land: Land) -> None:
        dry = land.try_dry(id := land.draft(**split()))
        land.commit(id, dry.plan_hash)

        lost = [(unit.name, unit.parent) for unit in dry.unmapped_villages]
        assert lost == [("A1-1", "A1"), ("A1-2", "A1")]
        assert "A1-1" not in land.parents(DAY)
        assert land.place(land.units["A1-1"]) == ("A", None, "A1-1")
        assert land.place(land.units["A1"], "model") == ("A", None, None)
        assert astray(land) == 0

    def test_shares_are_stored(self, land: Land) -> None:
        land.change(**split())

        edges = land.rows("SELECT share::text, is_main FROM unit_succession ORDER BY share")
        assert edges == [("0.300000", False), ("0.700000", True)]

    def test_a_village_goes_where_the_draft_puts_it(self, land: Land) -> None:
        dry = land.try_dry(id := land.draft(**split(moves=[{"unit": "A1-1", "parent": "X"}])))
        land.commit(id, dry.plan_hash)

        assert [unit.name for unit in dry.unmapped_villages] == ["A1-2"]
        assert dry.moving == 1
        assert land.place(land.units["A1-1"], "model") == ("A", "X", "A1-1")

    def test_a_village_can_move_while_nothing_ends(self, land: Land) -> None:
        land.change(effective_on=DAY, moves=[{"unit": "A1-1", "parent": "B1"}])

        assert land.place(land.units["A1-1"], "model") == ("B", "B1", "A1-1")
        assert land.place(land.units["A1-2"], "model") == ("A", "A1", "A1-2")
        assert astray(land) == 0

    def test_each_hierarchy_can_change_on_its_own(self, land: Land) -> None:
        land.change(effective_on=DAY, moves=[{"unit": "A1", "parent": "B", "hierarchy": "police"}])

        above = "SELECT unit_parent_at(:unit, :order, :day)"
        assert land.one(above, unit=land.units["A1"], order="police", day=DAY) == land.units["B"]
        assert land.place(land.units["A1"]) == ("A", "A1", None)

    def test_what_ended_before_goes_along(self, land: Land) -> None:
        """A1 went into A2 long ago; when A2 goes into B1, records of A1 follow."""
        land.change(effective_on=DAY - timedelta(days=100), successions=[into("A1", "A2")])

        land.change(effective_on=DAY, successions=[into("A2", "B1")])

        assert land.place(land.units["A1"], "model") == ("B", "B1", None)
        assert astray(land) == 0

    def test_an_unmapped_village_is_found_when_the_parts_meet_again(self, land: Land) -> None:
        land.change(**split(effective_on=DAY - timedelta(days=100)))

        land.change(effective_on=DAY, successions=[into("A7", "A2")])

        assert land.place(land.units["A1-1"], "model") == ("A", "A2", "A1-1")
        assert astray(land) == 0

    def test_a_village_entered_since_needs_a_parent(self, land: Land) -> None:
        young = str(land.village("A1", "Mới", DAY + timedelta(days=3)))

        dry = land.try_dry(land.draft(**split()))
        told = land.try_dry(land.draft(**split(moves=[{"unit": young, "parent": "A2"}])))

        assert {code for _, code in codes(dry)} == {"needs_a_parent"}
        assert told.ready

    def test_a_village_that_came_on_the_day_needs_a_parent(self, land: Land) -> None:
        """Else it would be looked for where it came from."""
        land.change(effective_on=DAY, moves=[{"unit": "B1-1", "parent": "A1"}])

        dry = land.try_dry(land.draft(**split()))

        assert set(codes(dry)) == {("/successions/0", "needs_a_parent")}

    def test_a_village_entered_since_follows_a_merger(self, land: Land) -> None:
        young = land.village("A1", "Mới", DAY + timedelta(days=3))

        land.change(**merge())

        assert land.place(young) == ("A", "X", "Mới")
        assert land.parents(today())["Mới"] == "X"

    def test_what_ended_since_followed_as_long_as_it_stood(self, land: Land) -> None:
        later = DAY + timedelta(days=5)
        land.change(effective_on=later, successions=[into("A1-1", "A1-2")])

        land.change(**merge())

        assert land.parents(DAY)["A1-1"] == "X"
        assert land.place(land.units["A1-1"], "model") == ("A", "X", "A1-2")
        assert astray(land) == 0


class TestRenaming:
    def test_a_unit_goes_on_under_another_name(self, land: Land) -> None:
        renames = [{"unit": "A1", "name": "Đông Hải", "kind": "ward", "code": "A8"}]
        dry = land.try_dry(id := land.draft(effective_on=DAY, renames=renames))
        land.commit(id, dry.plan_hash)

        named = (
            "SELECT full_name, search_key, code FROM unit_dated WHERE id = :id ORDER BY valid_from"
        )
        assert land.rows(named, id=land.units["A1"]) == [
            ("commune A1", "a1", "A1"),
            ("Phường Đông Hải", "dong hai | phuong dong hai", "A8"),
        ]
        assert (dry.renaming, dry.moving, set(dry.records.values())) == (1, 0, {0})
        assert astray(land) == 0

    def test_twice_on_one_day_leaves_the_last(self, land: Land) -> None:
        land.change(effective_on=DAY, renames=[{"unit": "A1", "name": "Nhất"}])
        land.change(effective_on=DAY, renames=[{"unit": "A1", "name": "Nhì"}])

        named = "SELECT name FROM unit_version WHERE unit_id = :id AND valid_from < valid_to"
        assert land.rows(named, id=land.units["A1"]) == [("A1",), ("Nhì",)]

    def test_a_unit_can_be_renamed_and_end_on_one_day(self, land: Land) -> None:
        land.change(effective_on=DAY, renames=[{"unit": "A1", "name": "Nhất"}])

        land.change(effective_on=DAY, successions=[into("A1", "A2")])

        assert land.place(land.units["A1"], "model") == ("A", "A2", None)


def test_a_unit_can_begin_and_end_on_one_day(land: Land) -> None:
    land.change(**merge(new_units=[new("X", code="A9")]))
    land.model("A9", 500, on=DAY)
    made = land.id("A9", DAY)

    land.change(effective_on=DAY, successions=[into("A9", "A3")])

    assert land.place(made, "model") == ("A", "A3", None)
    assert land.place(land.units["A1-1"], "model") == ("A", "A3", "A1-1")
    assert "X" not in land.parents(DAY)
    assert astray(land) == 0


class TestClosedUnits:
    @pytest.mark.parametrize(
        "write",
        [
            lambda land: land.village(str(land.units["A1"]), "Mới", DAY),
            lambda land: land.model(land.units["A1"], on=DAY),
        ],
    )
    def test_writing_to_a_closed_unit_names_the_successors(self, land: Land, write: Any) -> None:
        land.change(**merge())

        with pytest.raises(UnitClosed) as refused:
            write(land)

        told = [unit["name"] for unit in refused.value.facts["successors"]]
        assert told == ["X"]

    def test_what_happened_before_can_still_be_recorded(self, land: Land) -> None:
        land.change(**merge())

        land.model("A1", 500, on=EVE)

        assert land.place(land.units["A1"], "model") == ("A", "X", None)


class TestDryRun:
    def test_nothing_is_done(self, land: Land) -> None:
        tables = ("unit", "unit_version", "unit_parent", "unit_succession", "model")
        count = " UNION ALL ".join(
            f"SELECT md5(string_agg(t::text, '' ORDER BY t::text)) FROM {t} t" for t in tables
        )
        id = land.draft(**merge())
        before = land.rows(count)

        land.try_dry(id)

        assert land.rows(count) == before

    def test_systems_that_act_for_a_closing_unit_are_listed(self, land: Land) -> None:
        land.rows(
            "INSERT INTO client (id, client_id, name, kind, redirect_uris, unit_id) "
            "VALUES (gen_random_uuid(), 'xa-a1', '', 'confidential', '{}', :unit) RETURNING 1",
            unit=land.units["A1"],
        )

        assert land.try_dry(land.draft(**merge())).clients == ["xa-a1"]

    def test_a_day_to_come_is_no_fault_of_the_draft(self, land: Land) -> None:
        tomorrow = today() + timedelta(days=1)
        id = land.draft(**merge(effective_on=tomorrow))

        dry = land.try_dry(id)

        assert codes(dry) == [("/effective_on", "not_yet_effective")]
        assert not dry.ready
        moved = {table: rows for table, rows in dry.records.items() if rows}
        assert moved == {"model": 6, "model_host": 6}
        with pytest.raises(PlanNotReady):
            land.commit(id, dry.plan_hash)

    def test_the_hash_is_the_same_as_long_as_the_map_is(self, land: Land) -> None:
        id = land.draft(**merge())

        assert land.try_dry(id).plan_hash == land.try_dry(id).plan_hash

    @pytest.mark.parametrize(
        "meanwhile",
        [
            lambda land: land.village("A1", "Mới", DAY),
            lambda land: land.change(effective_on=DAY, renames=[{"unit": "A2", "name": "Nhì"}]),
            lambda land: land.change(effective_on=DAY, moves=[{"unit": "A1-1", "parent": "A3"}]),
        ],
    )
    def test_a_map_that_changed_underneath_is_seen(self, land: Land, meanwhile: Any) -> None:
        dry = land.try_dry(id := land.draft(**merge()))

        meanwhile(land)

        with pytest.raises(PlanChanged):
            land.commit(id, dry.plan_hash)

    def test_a_commit_is_done_once(self, land: Land) -> None:
        dry = land.try_dry(id := land.draft(**merge()))
        land.commit(id, dry.plan_hash)

        with pytest.raises(NotADraft):
            land.commit(id, dry.plan_hash)


FAULTS: dict[str, tuple[dict[str, Any], list[tuple[str, str]]]] = {
    "a code another unit goes by": (
        merge(new_units=[new("X", code="A3")]),
        [("/new_units/0/code", "code_taken")],
    ),
    "a code wanted twice": (
        merge(new_units=[new("X", code="A9"), new("Y", code="A9")]),
        [("/new_units/1/code", "code_taken")],
    ),
    "a village under a province": (
        {"effective_on": DAY, "moves": [{"unit": "A1-1", "parent": "B"}]},
        [("/moves/0", "parent_does_not_fit")] * 2,
    ),
    "a commune under a commune": (
        merge(new_units=[new("X", parent="A3")]),
        [("/new_units/0/parent", "parent_does_not_fit")],
    ),
    "a commune that becomes a province": (
        {"effective_on": DAY, "successions": [into("A1", "B")]},
        [("/successions/0", "level_does_not_fit"), ("/successions/0", "parent_does_not_fit")],
    ),
    "a commune renamed to a village": (
        {"effective_on": DAY, "renames": [{"unit": "A1", "kind": "hamlet"}]},
        [("/renames/0", "level_does_not_fit")],
    ),
    "shares of more than the whole": (
        split(successions=[into("A1", "X", share=0.8), into("A1", "A2", share=0.3)]),
        [("/successions/0/share", "shares_exceed_one")],
    ),
    "two main successors": (
        split(successions=[into("A1", "X", is_main=True), into("A1", "A2", is_main=True)]),
        [("/successions/0/is_main", "several_main_successors")],
    ),
    "a successor that ends in the same plan": (
        {"effective_on": DAY, "successions": [into("A1", "A2"), into("A2", "A3")]},
        [("/successions/0", "unit_not_standing")],
    ),
    "a unit that ends and moves": (
        merge(moves=[{"unit": "A1", "parent": "B"}]),
        [("/moves/0", "named_twice")],
    ),
    "a unit that moves twice": (
        {"effective_on": DAY, "moves": [{"unit": "A1-1", "parent": c} for c in ("A2", "A3")]},
        [("/moves/0", "named_twice"), ("/moves/1", "named_twice")],
    ),
    "one succession said twice": (
        {"effective_on": DAY, "successions": [into("A1", "A2"), into("A1", "A2")]},
        [("/successions/0", "named_twice"), ("/successions/1", "named_twice")],
    ),
    "a move to where it is": (
        {"effective_on": DAY, "moves": [{"unit": "A1-1", "parent": "A1"}]},
        [("/moves/0", "already_there")],
    ),
}


class TestFaults:
    @pytest.mark.parametrize("name", FAULTS)
    def test_a_plan_with(self, land: Land, name: str) -> None:
        fields, expected = FAULTS[name]
        id = land.draft(**fields)

        dry = land.try_dry(id)

        assert set(codes(dry)) >= set(expected)
        assert {code for _, code in codes(dry)} <= {c for _, c in expected} | {"unit_not_standing"}
        assert not dry.ready
        with pytest.raises(PlanNotReady) as refused:
            land.commit(id, dry.plan_hash)
        assert refused.value.facts["faults"] == [fault.model_dump() for fault in dry.faults]

    def test_a_unit_that_ended_does_not_stand(self, land: Land) -> None:
        land.change(effective_on=EVE - timedelta(days=9), successions=[into("A1", "A2")])
        ended = str(land.units["A1"])

        dry = land.try_dry(land.draft(effective_on=DAY, successions=[into(ended, "A3")]))
        target = land.try_dry(land.draft(effective_on=DAY, successions=[into("A3", ended)]))

        lost = merge(new_units=[new("X", ended, kind="village")], successions=[into("B1", "X")])

        assert set(codes(land.try_dry(land.draft(**lost)))) == {
            ("/new_units/0/parent", "unit_not_standing"),
            ("/successions/0", "level_does_not_fit"),
            ("/successions/0", "parent_does_not_fit"),
        }
        assert codes(dry) == [("/successions/0/from_unit", "unit_not_standing")]
        assert codes(target) == [
            ("/successions/0/to_unit", "unit_not_standing"),
            ("/successions/0/from_unit", "successor_missing"),
        ]

    def test_what_happened_later_stands_in_the_way(self, land: Land) -> None:
        later = DAY + timedelta(days=5)
        land.change(effective_on=later, renames=[{"unit": "A1", "name": "Nhất"}])
        land.change(effective_on=later, moves=[{"unit": "A3-1", "parent": "A2"}])
        land.change(effective_on=later, successions=[into("B1", "B2")])

        ending = land.try_dry(land.draft(effective_on=DAY, successions=[into("A1", "A2")]))
        moving = land.draft(effective_on=DAY, moves=[{"unit": "A3-1", "parent": "A1"}])
        target = land.draft(effective_on=DAY, successions=[into("B3", "B1")])

        assert codes(ending) == [("/successions/0/from_unit", "changed_since")]
        assert set(codes(land.try_dry(moving))) == {("/moves/0", "changed_since")}
        assert set(codes(land.try_dry(target))) == {("/successions/0", "unit_not_standing")}

    @pytest.mark.parametrize(
        ("fields", "pointer", "code"),
        [
            ({"moves": []}, "", "nothing_said"),
            ({"new_units": [new("X"), new("X")]}, "/new_units/0/ref", "ref_taken"),
            ({"renames": [{"unit": "A1"}]}, "/renames/0", "nothing_said"),
            ({"kind": "correction", "new_units": [new("X")]}, "/new_units", "not_in_a_correction"),
        ],
    )
    def test_a_draft_must_be_well_formed(
        self, land: Land, fields: Any, pointer: str, code: str
    ) -> None:
        with pytest.raises(InvalidFields) as refused:
            land.draft(effective_on=DAY, **fields)

        first = refused.value.errors[0]
        assert (first.pointer, first.code) == (pointer, code)

    def test_every_unknown_name_is_reported_at_once(self, land: Land) -> None:
        with pytest.raises(UnitNotFound) as refused:
            land.draft(effective_on=DAY, successions=[into("A1", "??"), into("!!", "A2")])

        pointers = [error.pointer for error in refused.value.errors]
        assert pointers == ["/successions/0/to_unit", "/successions/1/from_unit"]


class TestWhoMay:
    def test_a_viewer_may_not_even_draft(self, land: Land) -> None:
        with pytest.raises(Forbidden):
            land.draft(land.actor(Role.VIEWER), **merge())

    @pytest.mark.parametrize("role", [Role.VIEWER, Role.RECORDER, Role.APPROVER, Role.OPERATOR])
    def test_others_may_not_commit(self, land: Land, role: Role) -> None:
        dry = land.try_dry(id := land.draft(**merge()))

        with pytest.raises(Forbidden):
            land.commit(id, dry.plan_hash, land.actor(role))

    def test_a_province_redraws_itself(self, land: Land) -> None:
        own = land.actor(of="A")
        dry = land.try_dry(id := land.draft(own, **merge()), own)

        assert land.commit(id, dry.plan_hash, own) == id

    @pytest.mark.parametrize(
        "fields",
        [
            {"successions": [into("B1", "A1")]},
            {"successions": [into("A1", "B1")]},
            {"moves": [{"unit": "B1-1", "parent": "A1"}]},
            {"moves": [{"unit": "A1-1", "parent": "B1"}]},
            {"renames": [{"unit": "VN", "name": "Khác"}]},
            {"new_units": [new("X", "B")], "successions": [into("A1", "X")]},
        ],
    )
    def test_another_province_is_not_there(self, land: Land, fields: Any) -> None:
        absent = _refusal(lambda: land.draft(land.actor(of="A"), effective_on=DAY,
                                             renames=[{"unit": "Z9", "name": "Z"}]))  # fmt: skip

        refused = _refusal(lambda: land.draft(land.actor(of="A"), effective_on=DAY, **fields))

        assert type(refused) is type(absent) is UnitNotFound
        assert refused.message("en").replace(str(refused.facts["wanted"]), "Z9").replace(
            refused.facts["day"], absent.facts["day"]
        ) == absent.message("en")

    def test_another_provinces_draft_is_not_there(self, land: Land) -> None:
        dry = land.try_dry(id := land.draft(land.actor(of="A"), **merge()))

        with pytest.raises(NotFound, match="reorganisation_not_found"):
            land.try_dry(id, land.actor(of="B"))
        with pytest.raises(NotFound, match="reorganisation_not_found"):
            land.commit(id, dry.plan_hash, land.actor(of="B"))

    def test_a_draft_of_the_country_is_not_a_provinces(self, land: Land) -> None:
        id = land.draft(**merge())

        with pytest.raises(NotFound, match="reorganisation_not_found"):
            land.try_dry(id, land.actor(of="A"))


def _refusal(act: Any) -> DomainError:
    with pytest.raises(DomainError) as refused:
        act()
    return refused.value


def test_a_draft_of_long_ago_can_be_looked_up(land: Land) -> None:
    assert land.draft(**merge(effective_on=date(1975, 5, 1)))
