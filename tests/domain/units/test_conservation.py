"""After every change of the map: no record is lost, none lies where the map does not say."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import count
from typing import Any
from uuid import UUID

import pytest
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st

from app.db.base import record_tables
from app.domain.units import queries
from app.domain.units.reorganisations.errors import PlanNotReady
from app.domain.units.reorganisations.schemas import DryRun
from app.domain.units.shape import today
from tests.domain.units.give import Land, astray, count_misdated, entered_units, standing

EXAMPLES = int(os.environ.get("BINHYEN_EXAMPLES", "200")) * 3 // 10
FIRST = today() - timedelta(days=60)
LEVELS = ["province", "commune", "village"]
NATION = UUID(int=0)
EXPECTED = {"needs_a_parent", "unit_not_standing"}
LATE = {"already_there", "changed_since", "code_taken", "successor_missing"}
PLACES = "unit_id, province_id, district_id, commune_id, village_id"


@dataclass(frozen=True)
class MapState:
    """All that must hold or change in step when the map is redrawn."""

    now: dict[UUID, Any]
    then: dict[UUID, Any]
    eve: list[Any]
    old_places: list[Any]
    entered: Any
    totals: dict[UUID, Any]
    placed: dict[str, dict[UUID, Any]]


def see(land: Land, day: date) -> MapState:
    eve = day - timedelta(days=1)
    return MapState(
        now={row.unit_id: row for row in _map(land, today())},
        then={row.unit_id: row for row in _map(land, day)},
        eve=standing(land, eve),
        old_places=land.rows(
            f"SELECT {PLACES} FROM unit_places(:eve) p WHERE EXISTS (SELECT FROM unit_version v "
            "WHERE v.unit_id = p.unit_id AND v.valid_from <= :eve AND v.valid_from < v.valid_to) "
            "ORDER BY 1",
            eve=eve,
        ),
        entered=entered_units(land),
        totals=_totals(land),
        placed={
            table: {row.id: row for row in land.rows(f"SELECT id, {PLACES} FROM {table}")}
            for table in record_tables()
        },
    )


def check_unchanged(before: MapState, after: MapState, land: Land) -> None:
    """Check what no change of the map may touch: what was entered, the past, the whole."""
    assert after.eve == before.eve
    assert after.old_places == before.old_places
    assert after.entered == before.entered
    assert after.totals[NATION] == before.totals[NATION]
    assert astray(land) == 0
    assert count_misdated(land) == 0


def check_done(before: MapState, after: MapState, dry: DryRun) -> None:
    """Check that what was foreseen is what was done."""
    both = before.now.keys() & after.now.keys()
    moved = _find_moved(before.now, after.now) | _find_moved(before.then, after.then)
    named = {u for u in both if _names(before.now[u]) != _names(after.now[u])}
    lost = {u for u in moved if (after.now.get(u) or after.then[u]).administrative is None}
    done = {
        "closing": len(before.now.keys() - after.now.keys()),
        "opening": len(after.now.keys() - before.now.keys()),
        "moving": len(moved - lost),
        "renaming": len(named),
        "records": {
            table: sum(rows[id] != after.placed[table][id] for id in rows)
            for table, rows in before.placed.items()
        },
    }
    assert done == dry.model_dump(include=set(done))
    assert lost <= {unit.id for unit in dry.unmapped_villages}


def _find_moved(before: dict[UUID, Any], after: dict[UUID, Any]) -> set[UUID]:
    both = before.keys() & after.keys()
    return {u for u in both if _parents(before[u]) != _parents(after[u])}


def check_totals(before: MapState, after: MapState, draft: dict[str, Any]) -> None:
    """In every unit whose border nothing crosses, there is as much as there was."""
    ending = {UUID(word["from_unit"]) for word in draft["successions"]}
    whole = before.now.keys() - _find_crossing(before, draft) - ending
    assert {u: before.totals.get(u) for u in whole} == {u: after.totals.get(u) for u in whole}
    event(f"whole provinces: {sum(before.now[u].level == 'province' for u in whole)}")


def _totals(land: Land) -> dict[UUID, Any]:
    """Models and households in each province, commune and village, and in the nation."""
    rows = land.rows(
        "SELECT p.place, count(*), sum(m.households) FROM model_host h "
        "JOIN model m ON m.id = h.model_id CROSS JOIN LATERAL (VALUES (CAST(:nation AS uuid)), "
        "(h.province_id), (h.commune_id), (h.village_id)) p(place) GROUP BY 1",
        nation=NATION,
    )
    return {place: (count, households) for place, count, households in rows if place}


def _parents(row: Any) -> Any:
    return row.administrative, row.police


def _names(row: Any) -> Any:
    return row.name, row.kind, row.code, row.full_name


def _map(land: Land, day: date) -> list[Any]:
    above = ", ".join(
        f"(SELECT p.parent_id FROM unit_parent p WHERE p.unit_id = v.unit_id "
        f"AND p.hierarchy = '{order}' AND p.valid_from <= :day AND p.valid_to > :day) AS {order}"
        for order in ("administrative", "police")
    )
    return land.rows(
        "SELECT v.unit_id, v.level, v.name, v.kind, v.code, v.full_name, u.province_id, "
        f"u.commune_id, u.village_id, {above}, "
        "(SELECT min(f.valid_from) FROM unit_version f WHERE f.unit_id = v.unit_id) AS begun "
        "FROM unit_version v JOIN unit u ON u.id = v.unit_id "
        "WHERE v.valid_from <= :day AND v.valid_to > :day ORDER BY v.name, v.unit_id",
        day=day,
    )


def _find_crossing(before: MapState, draft: dict[str, Any]) -> set[UUID]:
    """Units of which anything goes elsewhere, or to which anything comes."""
    new = {unit["ref"]: unit["parent"] for unit in draft["new_units"]}

    def around(name: str) -> set[UUID]:
        return around(new[name]) if name in new else _around(before.now[UUID(name)])

    pairs = [(word["from_unit"], word["to_unit"]) for word in draft["successions"]]
    pairs += [(word["unit"], word["parent"]) for word in draft["moves"]]
    crossed: set[UUID] = set()
    for source, target in pairs:
        crossed |= around(source) ^ around(target)
    return crossed


def _around(row: Any) -> set[UUID]:
    return {row.province_id, row.commune_id, row.village_id} - {None}


@st.composite
def plans(draw: st.DrawFn, units: dict[UUID, Any], day: date, serial: int) -> dict[str, Any]:
    """Any redrawing inside one unit: m become n, some move, some get another name."""
    draft: dict[str, Any] = {"effective_on": day, "new_units": [], "successions": [], "moves": []}
    renames: list[dict[str, Any]] = []
    level = draw(st.sampled_from(["national", "province", "commune"]))
    wide = [row for row in units.values() if row.level == level and row.begun <= day]
    field = draw(st.sampled_from(wide))
    inside = {u: r for u, r in units.items() if field.level == "national"
              or (field.unit_id in _around(r) and u != field.unit_id)}  # fmt: skip
    holders = [str(field.unit_id)]
    for level in LEVELS[["national", *LEVELS].index(field.level) :]:
        own = [str(u) for u, row in inside.items() if row.level == level and row.begun <= day]
        young = [str(u) for u, row in inside.items() if row.level == level and row.begun > day]
        ending = draw(some(own))[: max(0, len(own) - 1)]
        staying = [unit for unit in own if unit not in ending]
        made = [f"{level}{serial}{n}" for n in range(draw(st.integers(0, 2)))]
        codes = [units[UUID(unit)].code for unit in ending]
        for ref in made:
            code = codes.pop() if draw(st.booleans()) and codes else None
            draft["new_units"].append(
                {"ref": ref, "name": ref, "kind": level, "code": code,
                 "parent": draw(st.sampled_from(holders))}
            )  # fmt: skip
        for unit in ending:
            parts = draw(some(made + staying, least=1))
            draft["successions"] += [{"from_unit": unit, "to_unit": part} for part in parts]
        for unit in draw(some(staying + young)) if level != "province" else ():
            now = {str(units[UUID(unit)].administrative), str(units[UUID(unit)].police)}
            if others := [holder for holder in holders if holder not in now]:
                parent = draw(st.sampled_from(others))
                draft["moves"].append({"unit": unit, "parent": parent})
        if draw(st.booleans()) and staying:
            unit = draw(st.sampled_from(staying))
            renames.append({"unit": unit, "name": f"Tên {serial} {level}"})
        holders = staying + made
        if not holders:
            break
    return draft | {"renames": renames}


def some(of: list[str], least: int = 0) -> st.SearchStrategy[list[str]]:
    if not of:
        return st.just([])
    return st.lists(st.sampled_from(of), min_size=least, max_size=3, unique=True)


class Story:
    """A land and its history: changes of the map, records and villages in between, reversals."""

    def __init__(self, land: Land, data: st.DataObject) -> None:
        self.land, self.data, self.serial = land, data, count()
        self.day = self.latest = FIRST

    def unfold(self) -> None:
        for serial in range(self.data.draw(st.integers(1, 3), "acts")):
            self.day += timedelta(days=self.data.draw(st.integers(-3, 4), "days"))
            before = see(self.land, self.day)
            if not (act := self.redraw(before, serial)):
                continue
            entered = [self.enter() for _ in range(self.data.draw(st.integers(0, 2), "records"))]
            how = self.data.draw(st.sampled_from(["", "better", "never was", "ends later"]), "then")
            if how == "better":
                self.correct(before)
            elif how == "never was":
                self.undo(act, before, self.day, entered)
            elif how == "ends later":
                self.undo(act, before, self.day + timedelta(days=7), entered)
                self.day += timedelta(days=7)

    def redraw(self, before: MapState, serial: int) -> UUID | None:
        draft = self.last_draft = self.data.draw(plans(before.now, self.day, serial), "plan")
        if not any(draft[word] for word in ("new_units", "successions", "moves", "renames")):
            return None
        dry = self.land.try_dry(id := self.land.draft(**draft))
        if codes := {fault.code for fault in dry.faults}:
            event(f"faults: {sorted(codes)}")
            assert codes <= EXPECTED | (LATE if self.day < self.latest else set())
            return None
        assert dry.plan_hash == self.land.try_dry(id).plan_hash
        assert see(self.land, self.day) == before
        self.land.commit(id, dry.plan_hash)
        self.latest = max(self.latest, self.day)
        after = see(self.land, self.day)
        check_unchanged(before, after, self.land)
        check_done(before, after, dry)
        check_totals(before, after, draft)
        event(f"done: {_size(dry.closing)} end, {_size(dry.opening)} begin, "
              f"{'some' if dry.unmapped_villages else 'none'} unmapped")  # fmt: skip
        return id

    def enter(self) -> str:
        """Somebody goes on working meanwhile."""
        what = self.data.draw(st.sampled_from(["village", "model"]), "what")
        levels = {"commune"} if what == "village" else {"commune", "village"}
        day = self.day + timedelta(days=self.data.draw(st.integers(0, 9), "since"))
        there = [row.unit_id for row in _map(self.land, day) if row.level in levels]
        unit = self.data.draw(st.sampled_from(there), "of")
        if what == "village":
            self.land.village(str(unit), f"Mới {next(self.serial)}", day)
        else:
            self.land.model(unit, 7, on=day)
        assert astray(self.land) == 0
        return what

    def correct(self, eve: MapState) -> None:
        """Somebody finds out that units went elsewhere than was stated; or that they did not."""
        before, words = see(self.land, self.day), []
        ended = sorted({word["from_unit"] for word in self.last_draft["successions"]})
        ended = [unit for unit in ended if eve.now[UUID(unit)].begun < self.day]
        for unit in self.data.draw(some(ended), "corrected"):
            level = eve.now[UUID(unit)].level
            there = [str(u) for u, row in before.then.items() if row.level == level]
            parts = self.data.draw(some(there, least=1), "into")
            words += [{"from_unit": unit, "to_unit": part} for part in parts]
        if words:
            draft: dict[str, Any] = {
                "kind": "correction",
                "effective_on": self.day,
                "successions": words,
            }
            dry = self.land.try_dry(id := self.land.draft(**draft))
            event(f"corrected: {sorted({fault.code for fault in dry.faults})}")
            if dry.ready:
                self.land.commit(id, dry.plan_hash)
                after = see(self.land, self.day)
                check_unchanged(before, after, self.land)
                check_done(before, after, dry)
                self.land.reverse(id)
                assert see(self.land, self.day) == before
                self.land.change(**draft)
            else:
                assert {fault.code for fault in dry.faults} <= EXPECTED | LATE

    def undo(self, act: UUID, before: MapState, day: date, entered: list[str]) -> None:
        now = see(self.land, day)
        try:
            self.land.reverse(act, day)
            self.latest = max(self.latest, day)
        except PlanNotReady as refused:
            codes = {fault["code"] for fault in refused.facts["faults"]}
            event(f"not undone: {sorted(codes)}")
            assert codes == {"needs_a_parent"}
            return
        after = see(self.land, day)
        check_unchanged(now, after, self.land)
        event(f"undone {'that' if day == self.day else 'a later'} day")
        old = [row for row in after.now.values() if row.unit_id in before.now]
        assert [_all_but_place(row) for row in old] == [
            _all_but_place(row) for row in before.now.values()
        ]
        assert len(after.now) == len(before.now) + entered.count("village")
        for table, rows in before.placed.items():
            assert {id: after.placed[table][id] for id in rows} == rows


def _all_but_place(row: Any) -> Any:
    return row.unit_id, row.level, *_names(row), *_parents(row)


def _size(count: int) -> str:
    return "none" if count == 0 else "one" if count == 1 else "several"


@contextmanager
def roll_back(land: Land) -> Iterator[None]:
    trial = land.run(_begin(land))
    try:
        yield
    finally:
        land.run(trial.rollback())


async def _begin(land: Land) -> Any:
    return await land.session.begin_nested()


@settings(
    max_examples=EXAMPLES, deadline=None, derandomize=True, database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow,
                           HealthCheck.data_too_large],
)  # fmt: skip
@given(data=st.data())
def test_nothing_is_lost_whatever_is_redrawn(land: Land, data: st.DataObject) -> None:
    with roll_back(land):
        Story(land, data).unfold()


@pytest.mark.parametrize("left_out", ["place_units", "place_records"])
def test_the_checks_see_what_is_left_behind(
    land: Land, monkeypatch: pytest.MonkeyPatch, left_out: str
) -> None:
    """The same checks, over a commit that forgets a step."""

    async def forget(*_: Any) -> dict[str, int]:
        return {}

    before = see(land, FIRST)
    dry = land.try_dry(id := land.draft(effective_on=FIRST, successions=[
        {"from_unit": "A1", "to_unit": "A2"}]))  # fmt: skip
    monkeypatch.setattr(queries, left_out, forget)
    land.commit(id, dry.plan_hash)
    after = see(land, FIRST)

    with pytest.raises(AssertionError):
        check_unchanged(before, after, land)
    with pytest.raises(AssertionError):
        check_done(before, after, dry)
