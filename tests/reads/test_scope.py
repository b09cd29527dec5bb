"""Hosts of a part of a model see all of it, and nobody else does; it counts once."""

from uuid import UUID

import pytest

from app.domain.actor import Level, Role
from app.domain.units.shape import today
from tests.application import Application, Caller
from tests.give import Country
from tests.reads.facts import Facts
from tests.reads.oracle import Map

QUERY = "{ models(first: 100) { totalCount nodes { id } } }"


def list_models(caller: Caller) -> list[str]:
    """The models that somebody sees, the same at both layers, and as many as are counted."""
    page = caller.get("/api/v1/models", fields="id", limit=100, total="exact").json()
    found = caller.ask(QUERY)["data"]["models"]
    assert found == {"totalCount": page["total"], "nodes": page["items"]}
    assert page["total"] == len(page["items"])
    return [model["id"] for model in page["items"]]


@pytest.mark.parametrize("level", list(Level))
def test_everybody_sees_the_models_of_the_own_unit_and_each_once(
    application: Application, country: Country, facts: Facts, level: Level
) -> None:
    for unit in (unit for unit, of in country.levels.items() if of is level):
        seen = list_models(application.caller(Role.VIEWER, level=level, unit=unit))
        wanted = sorted(facts.models_of(level, unit), reverse=True)
        assert seen == [str(id) for id in wanted]


def test_each_host_and_all_above_it_see_a_model_of_several_hosts(
    application: Application, country: Country, facts: Facts
) -> None:
    """Judged by the map alone, not by the columns that the database keeps for the scope."""
    map, several = Map(facts, today()), 0
    seen = {
        unit: set(list_models(application.caller(Role.VIEWER, level=level, unit=unit)))
        for unit, level in country.levels.items()
    }
    for model in country.models:
        hosts = [host["unit_id"] for host in facts.hosts(model)]
        if all(host in map.standing for host in hosts):
            several += len(hosts) > 1
            above = {unit for host in hosts for unit in (host, *map.ancestors(host))}
            assert {unit for unit in seen if str(model) in seen[unit]} == above
    assert several > 5


@pytest.mark.parametrize("level", [level for level in Level if level is not Level.NATIONAL])
def test_a_model_out_of_scope_is_not_there(
    application: Application, country: Country, facts: Facts, level: Level
) -> None:
    unit = next(
        unit for unit, of in country.levels.items() if of is level and _hosts(facts, of, unit)
    )
    caller, own = (
        application.caller(Role.VIEWER, level=level, unit=unit),
        facts.models_of(level, unit),
    )
    for model in country.models:
        there = caller.get(f"/api/v1/models/{model}").status_code
        assert there == (200 if model in own else 404)
        query = f'{{ model(id: "{model}") {{ id }} node(id: "{model}") {{ id }} }}'
        row = {"id": str(model)} if model in own else None
        assert caller.ask(query) == {"data": {"model": row, "node": row}}


def test_a_copy_tells_its_source_only_to_who_sees_that_too(
    application: Application, country: Country, facts: Facts
) -> None:
    source = {str(row["id"]): row["replicated_from_id"] for row in facts.model}
    told: set[bool] = set()
    for unit, level in country.levels.items():
        own = facts.models_of(level, unit)
        caller = application.caller(Role.VIEWER, level=level, unit=unit)
        page = caller.get("/api/v1/models", fields="id,replicated_from_id", limit=100).json()
        for model in page["items"]:
            copied = source[model["id"]]
            assert model["replicated_from_id"] == (str(copied) if copied in own else None)
            told |= {copied in own} if copied else set()
    assert told == {True, False}


def test_a_recognition_names_its_model_only_to_who_sees_it(
    application: Application, country: Country, facts: Facts
) -> None:
    whole = (
        application.national(Role.VIEWER)
        .get("/api/v1/model-recognitions", limit=100)
        .json()["items"]
    )
    named = {one["id"]: one["model_id"] for one in whole}
    told: set[bool] = set()
    for unit, level in country.levels.items():
        own = {str(id) for id in facts.models_of(level, unit)}
        caller = application.caller(Role.VIEWER, level=level, unit=unit)
        for one in caller.get("/api/v1/model-recognitions", limit=100).json()["items"]:
            model = named[one["id"]]
            assert one["model_id"] == (model if model in own else None)
            told |= {model in own} if model else set()
    assert told == {True, False}


def _hosts(facts: Facts, level: Level, unit: UUID) -> bool:
    return bool(facts.models_of(level, unit))


def test_no_filter_and_no_cursor_leads_out_of_scope(
    application: Application, country: Country
) -> None:
    here = application.caller(Role.VIEWER, level=Level.PROVINCE, unit=country["1"])
    whole, own = list_models(application.national(Role.VIEWER)), set(list_models(here))
    assert own < set(whole)
    for asked in ({"unit": "VN"}, {"unit": "92"}, {"search": "a"}, {"type": "camera"}):
        page = here.get("/api/v1/models", fields="id", limit=100, **asked).json()
        assert {model["id"] for model in page["items"]} <= own
    cursor = application.national(Role.VIEWER).get("/api/v1/models", limit=1).json()["next"]
    page = here.get("/api/v1/models", fields="id", limit=100, cursor=cursor).json()
    assert {model["id"] for model in page["items"]} <= own


def test_somebody_of_a_unit_that_is_not_there_sees_no_model(application: Application) -> None:
    for level in Level:
        nobody = application.caller(Role.VIEWER, level=level, unit=UUID(int=4))
        assert (list_models(nobody) == []) is (level is not Level.NATIONAL)
