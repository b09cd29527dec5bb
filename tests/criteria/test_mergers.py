"""The map changes in mid-round: evaluations of ended areas close, those of successors go on."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from app.domain.actor import Level, Role
from app.domain.units.shape import today
from tests.application import Application, Caller
from tests.criteria.scenario import AREA, EVALUATIONS, FULL, ROUNDS, YEAR, Programme
from tests.give import Country
from tests.tips.exclusion_scenario import ChangingCountry

NEXT: dict[str, Any] = {"window": f"residential_area_year:{YEAR + 1}"}  # its window is under way


class Land(Programme):
    """A country whose map changes: communes 1.1 and 1.2 of three villages each."""

    def __init__(self, spare: tuple[Application, Country]) -> None:
        super().__init__(*spare)
        self.map = ChangingCountry(spare[0], day=today() - timedelta(days=8))
        self.map.levels |= self.country.levels

    def merge(self, *paths: str, name: str) -> UUID:
        """Merge units into a new one, known by a path of its own."""
        new = self.map.merge([self.country[path] for path in paths])
        self.country.units[name] = new
        self.country.levels[new] = Level(self.map.levels[self.country[paths[0]]])
        return new

    def split(self, path: str, *areas: str) -> None:
        """Split a commune into one for each of its areas, none of which is the main one."""
        commune, above = self.country[path], self.map.parent(self.country[path])
        new = [
            {"ref": f"n{n}", "name": f"Mới {n} {path}", "kind": "commune", "parent": str(above)}
            for n in range(len(areas))
        ]
        edges = [
            {"from_unit": str(commune), "to_unit": one["ref"], "share": 0.5, "is_main": False}
            for one in new
        ]
        moves = [{"unit": str(self.country[area]), "parent": one["ref"]}
                 for area, one in zip(areas, new, strict=True)]  # fmt: skip
        self.map.commit(self.map.draft(new_units=new, successions=edges, moves=moves))
        for area in areas:
            parent = self.map.parent(self.country[area])
            self.country.units[f"of {area}"], self.country.levels[parent] = parent, Level.COMMUNE


@pytest.fixture(scope="module")
def land(spare: tuple[Application, Country]) -> Land:
    return Land(spare)


def read(who: Caller, path: str) -> Any:
    answer = who.get(path, expand="transitions,answers")
    assert answer.status_code == 200, answer.text
    return answer.json()


def id_of(path: str) -> str:
    return path.rsplit("/", 1)[1]


def test_areas_that_merge_close_and_their_successor_goes_on(land: Land) -> None:
    held = land.open(land.publish(*AREA), **NEXT)
    first, second = land.submit(held, FULL, "1.1.1"), land.register(held, "1.1.2")
    land.walk(first, "verify")
    land.merge("1.1.1", "1.1.2", name="1.1.4")
    refused = land.approver.move(first, {"action": "decide"})
    assert (refused.status_code, refused.json()["code"]) == (409, "subject_ended")
    assert "decide" not in read(land.approver, first)["allowed_actions"]
    assert "assess" not in read(land.evaluator, second)["allowed_actions"]
    told = land.evaluator.post(
        f"{ROUNDS}/{held['id']}/registrations", {"all_expected": True}
    ).json()
    assert told["registered"] == 2, told  # the new one, and 1.1.3
    rows = land.approver.get(EVALUATIONS, round_id=held["id"]).json()["items"]
    (heir,) = (row for row in rows if row["subject_id"] == str(land.country["1.1.4"]))
    assert heir["follows_id"] in (id_of(first), id_of(second))
    for path in (first, second):
        old = read(land.approver, path)
        assert (old["state"], old["continued_by_id"]) == ("closed", heir["id"])
        assert old["transitions"][-1]["action"] == "close"
    assert len(read(land.approver, first)["answers"]) == len(FULL)  # its answers stay
    found = land.approver.get(f"{ROUNDS}/{held['id']}/completeness").json()
    assert (found["expected"], found["registered"]) == (2, 2)


def test_one_that_is_decided_stays_decided_and_is_cited(land: Land) -> None:
    held = land.open(land.publish(*AREA), "1.2", land.at("1.2", Role.APPROVER), **NEXT)
    land.approver, land.evaluator = land.at("1.2", Role.APPROVER), land.at("1.2", Role.EVALUATOR)
    done = land.submit(held, FULL, "1.2.1")
    land.walk(done, "verify", "decide", "publish")
    open_ = land.register(held, "1.2.2")
    land.merge("1.2.1", "1.2.2", name="1.2.4")
    heir = read(land.evaluator, land.register(held, "1.2.4"))
    assert heir["follows_id"] in (id_of(done), id_of(open_))
    assert read(land.evaluator, done)["state"] == "published"
    assert read(land.evaluator, open_)["continued_by_id"] == heir["id"]


def test_when_communes_merge_the_new_one_decides_and_nothing_is_lost(land: Land) -> None:
    approvers = {unit: land.at(unit, Role.APPROVER) for unit in ("2.1", "2.2")}
    chosen, paths, rounds = land.publish(*AREA), [], {}
    for unit, approver in approvers.items():
        land.approver, land.evaluator = approver, land.at(unit, Role.EVALUATOR)
        rounds[unit] = land.open(chosen, unit, approver, **NEXT)
        paths.append(land.submit(rounds[unit], FULL, f"{unit}.1"))
    land.merge("2.1", "2.2", name="2.9")
    land.approver, land.evaluator = land.at("2.9", Role.APPROVER), land.at("2.9", Role.EVALUATOR)
    for path in paths:
        assert "verify" in read(land.approver, path)["allowed_actions"]
        assert land.walk(path, "verify", "decide")["result"] == "met"
    refused = approvers["2.1"].get(paths[0])
    assert refused.status_code == 404  # nobody decides for a commune that has ended
    expected = [land.approver.get(f"{ROUNDS}/{one['id']}/completeness").json()["expected"]
                for one in rounds.values()]  # fmt: skip
    assert expected == [5, 5]  # all but the one that the other round has
    told = land.evaluator.post(
        f"{ROUNDS}/{rounds['2.1']['id']}/registrations", {"all_expected": True}
    ).json()
    assert (told["registered"], told["refused"]) == (4, 0)
    last = land.evaluator.post(
        f"{ROUNDS}/{rounds['2.2']['id']}/registrations", {"all_expected": True}
    ).json()
    assert (last["registered"], last["refused"]) == (0, 0)


def test_a_window_that_was_over_is_decided_as_it_was(land: Land) -> None:
    approver = land.at("1.1", Role.APPROVER)
    land.approver, land.evaluator = approver, land.at("1.1", Role.EVALUATOR)
    held = land.open(land.publish(*AREA), window=f"residential_area_year:{YEAR - 1}")
    done = land.submit(held, FULL, "1.1.3")
    land.merge("1.1.3", "1.1.4", name="1.1.5")
    assert land.walk(done, "verify", "decide")["result"] == "met"


def test_a_commune_that_splits_without_a_main_successor_loses_no_evaluation(land: Land) -> None:
    """Each is decided where its area lies then; the round that has no unit any more goes on."""
    areas = ("1.2.3", "1.2.4")
    land.approver, land.evaluator = land.at("1.2", Role.APPROVER), land.at("1.2", Role.EVALUATOR)
    held = land.open(land.publish(*AREA), "1.2", land.approver, **NEXT)
    paths = {area: land.submit(held, FULL, area) for area in areas}
    before = {area: read(land.approver, path)["answers"] for area, path in paths.items()}
    former = land.approver
    land.split("1.2", *areas)
    for area, path in paths.items():
        land.approver = land.at(f"of {area}", Role.APPROVER)
        assert read(land.approver, path)["answers"] == before[area]
        (other,) = (one for name, one in paths.items() if name != area)
        assert land.approver.get(other).status_code == 404
        assert "verify" in read(land.approver, path)["allowed_actions"]
        assert land.walk(path, "verify", "decide", "publish")["result"] == "met"
        assert former.get(path).status_code == 404
        query = "query($id: ID!) { evaluation(id: $id) { state result } }"
        told = land.approver.ask(query, id=id_of(path))["data"]["evaluation"]
        assert (told["state"], told["result"]) == ("PUBLISHED", "MET")
