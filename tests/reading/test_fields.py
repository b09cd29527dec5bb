"""Every plain field of every shape says what its table says."""

from app.domain.actor import Role
from tests.reading import expected
from tests.reading.expected import Map
from tests.reading.give_map import DAYS


def test_fields_of_units(house, facts, country):
    c = house.national(Role.VIEWER)
    for day in DAYS:
        m = Map(facts, day)
        page = c.get("/api/v1/units", as_of=day.isoformat(), limit=100, total="exact").json()
        assert page["items"] == [
            expected.unit(facts, r) for r in expected.by_name(m.standing.values())
        ]
        print(len(page["items"]), page["total"])
    assert c.get("/api/v1/models", limit=100).json()["items"] == [
        expected.model(r) for r in sorted(facts.model, key=lambda r: r["id"], reverse=True)
    ]
    assert c.get("/api/v1/model-types", limit=100).json()["items"] == [
        expected.model_type(r) for r in expected.by_name(facts.model_type)
    ]
    c = house.national(Role.AUDITOR)
    assert c.get("/api/v1/unit-reorganisations", limit=100).json()["items"] == [
        expected.reorganisation(r)
        for r in sorted(facts.unit_reorganisation, key=lambda r: r["id"], reverse=True)
    ]
