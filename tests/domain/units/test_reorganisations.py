"""Changes of the map, rule by rule."""

from datetime import timedelta

from app.domain.units.shape import today
from tests.domain.units.give import Land, astray, sums

DAY = today() - timedelta(days=30)
BEFORE = DAY - timedelta(days=1)


def merge(**more):
    return {
        "effective_on": DAY,
        "decision": "12/NQ",
        "new_units": [{"ref": "X", "name": "X", "kind": "commune", "code": "A9", "parent": "A"}],
        "successions": [{"from_unit": "A1", "to_unit": "X"}, {"from_unit": "A2", "to_unit": "X"}],
    } | more


def test_two_communes_become_one(land: Land) -> None:
    before = sums(land)
    dry = land.try_dry(id := land.draft(**merge()))
    print(dry)
    assert dry.ready
    land.commit(id, dry.plan_hash)
    assert land.place(land.units["A1-1"]) == ("A", "X", "A1-1")
    assert land.place(land.units["A1"]) == ("A", "X", None)
    assert sums(land) == before
    assert astray(land) == 0
