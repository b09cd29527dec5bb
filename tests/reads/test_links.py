"""Every link leads where the tables lead, on several days and by both hierarchies."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest

from app.db.tables.units import UnitLevel
from app.domain.actor import Role
from tests.application import Application, Caller
from tests.reads.facts import Facts, Row
from tests.reads.give_map import CLOSED, DAYS, FAR
from tests.reads.oracle import Map, by_name

DAYS_AND_HIERARCHIES = [(day, name) for day in DAYS for name in ("administrative", "police")]
LINKS = """parent { id name } children(first: 100) { id } ancestors { id }
    successors { effectiveOn isMain derived share decision unit { id fullName } }
    predecessors { effectiveOn isMain derived share decision unit { id fullName } }"""


@pytest.mark.parametrize(("day", "hierarchy"), DAYS_AND_HIERARCHIES)
def test_links_of_units(application: Application, facts: Facts, day: date, hierarchy: str) -> None:
    on_that_day = Map(facts, day, hierarchy)
    for unit, told in _units(application.national(Role.VIEWER), on_that_day).items():
        assert told == (None if unit not in on_that_day.last_known else _links(on_that_day, unit))


def _units(viewer: Caller, of: Map) -> dict[UUID, Any]:
    """Read every unit there ever was, by its id in the name of one day."""
    units, terms = list(of.facts.unit), f'asOf: "{of.day}", hierarchy: {of.hierarchy.upper()}'
    found: dict[UUID, Any] = {}
    for some in (units[n : n + 15] for n in range(0, len(units), 15)):
        roots = (f'u{n}: unit(id: "{u["id"]}", {terms}) {{ ...L }}' for n, u in enumerate(some))
        query = f"{{ {' '.join(roots)} }} fragment L on Unit {{ {LINKS} }}"
        answers = viewer.ask(query)["data"]
        found |= {u["id"]: answers[f"u{n}"] for n, u in enumerate(some)}
    return found


def _links(of: Map, unit: UUID) -> dict[str, Any]:
    above = of.parents.get(unit)
    return {
        "parent": above and {"id": str(above), "name": of.last_known[above]["name"]},
        "children": _standing(of, of.children(unit)),
        "ancestors": _list_above(of, unit),
        "successors": [_edge(of, e, "to_id") for e in of.succession(unit, "from_id")],
        "predecessors": [_edge(of, e, "from_id") for e in of.succession(unit, "to_id")],
    }


def _list_above(of: Map, unit: UUID) -> list[dict[str, str]]:
    """List the units above, the nearest first, on the last day of a unit that has ended."""
    end = of.last_known[unit]["valid_to"]
    then = of if unit in of.standing else Map(of.facts, end - timedelta(days=1), of.hierarchy)
    depths = list(UnitLevel)
    above = [row for id, row in then.standing.items() if id in then.ancestors(unit)]
    above.sort(key=lambda row: depths.index(UnitLevel(row["level"])), reverse=True)
    return [{"id": str(row["unit_id"])} for row in above]


def _standing(of: Map, units: set[UUID]) -> list[dict[str, str]]:
    standing = (row for id, row in of.standing.items() if id in units)
    return [{"id": str(row["unit_id"])} for row in by_name(standing)]


def _edge(of: Map, edge: Row, side: str) -> dict[str, Any]:
    other = of.last_known.get(edge[side])
    unit = other and {"id": str(edge[side]), "fullName": other["full_name"]}
    share = None if edge["share"] is None else float(edge["share"])
    plain = {"isMain": edge["is_main"], "derived": edge["derived"], "decision": edge["decision"]}
    return plain | {"share": share, "effectiveOn": str(edge["effective_on"]), "unit": unit}


def test_the_land_is_rich_enough_to_tell_days_and_hierarchies_apart(facts: Facts) -> None:
    maps = [Map(facts, day, hierarchy) for day, hierarchy in DAYS_AND_HIERARCHIES]
    assert len({frozenset(one.parents.items()) for one in maps}) >= 5
    assert len({frozenset(one.standing) for one in maps}) >= 5
    assert {len(one.ancestors(unit)) for one in maps for unit in one.last_known} == {0, 1, 2, 3, 4}


@pytest.mark.parametrize("day", DAYS[::2])
def test_links_of_models(application: Application, facts: Facts, day: date) -> None:
    fields = "id,type[id,code],unit[id,name,valid_to],hosts[unit_id,unit[name,valid_from]]"
    page = application.national(Role.VIEWER).get(
        "/api/v1/models", fields=fields, limit=100, as_of=day
    )
    known, types = Map(facts, day).last_known, {one["id"]: one for one in facts.model_type}
    told = {UUID(model.pop("id")): model for model in page.json()["items"]}
    assert set(told) == {model["id"] for model in facts.model}
    for model in facts.model:
        kind, unit = types[model["type_id"]], known.get(model["unit_id"])
        assert told[model["id"]] == {
            "type": {"id": str(kind["id"]), "code": kind["code"]},
            "unit": unit and {"id": str(unit["unit_id"]), "name": unit["name"]}
            | {"valid_to": None if unit["valid_to"] == date.max else str(unit["valid_to"])},
            "hosts": [_host(known, host) for host in facts.hosts(model["id"])],
            "hosts_count": len(facts.hosts(model["id"])),
        }  # fmt: skip


def _host(known: dict[UUID, Row], host: Row) -> dict[str, Any]:
    unit = known.get(host["unit_id"])
    since = None if unit is None or unit["valid_from"] == date.min else str(unit["valid_from"])
    told = unit and {"name": unit["name"], "valid_from": since}
    return {"unit_id": str(host["unit_id"]), "unit": told}


@pytest.mark.parametrize("day", [CLOSED, FAR])
def test_the_unit_of_a_reorganisation(application: Application, facts: Facts, day: date) -> None:
    auditor = application.national(Role.AUDITOR)
    acts = {str(act["id"]): act["unit_id"] for act in facts.unit_reorganisation}
    page = auditor.get("/api/v1/unit-reorganisations", fields="id,unit[id]", as_of=day).json()
    known = Map(facts, day).last_known
    assert {act["id"]: act["unit"] for act in page["items"]} == {
        id: {"id": str(unit)} if unit in known else None for id, unit in acts.items()
    }


def test_a_link_gives_the_first_of_its_rows_in_order(application: Application) -> None:
    def children(bound: str) -> list[str]:
        query = f'{{ unit(id: "00924") {{ children{bound} {{ id }} }} }}'
        return [
            u["id"]
            for u in application.national(Role.VIEWER).ask(query)["data"]["unit"]["children"]
        ]

    whole = children("(first: 500)")
    assert len(whole) == 16
    assert [children(f"(first: {n})") for n in (1, 2, 15)] == [whole[:n] for n in (1, 2, 15)]
    assert children("") == whole
