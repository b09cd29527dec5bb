"""Every plain field of every shape says what its table says, on every day."""

from datetime import date
from typing import Any

import pytest

from app.domain.actor import Role
from tests.application import Application
from tests.reads import oracle
from tests.reads.facts import Facts
from tests.reads.give_map import CLOSED, DAYS, FAR, MOVED, RENAMED
from tests.reads.oracle import Map, by_name, newest


def rows(application: Application, path: str, **params: Any) -> list[dict[str, Any]]:
    """All rows of a list that fits one page."""
    page = application.national(Role.AUDITOR).get(f"/api/v1/{path}", limit=100, **params).json()
    assert page["next"] is None
    items: list[dict[str, Any]] = page["items"]
    return items


@pytest.mark.parametrize("day", DAYS)
def test_units_show_their_state_on_the_day(
    application: Application, facts: Facts, day: date
) -> None:
    wanted = [oracle.unit(facts, row) for row in by_name(Map(facts, day).standing.values())]
    assert rows(application, "units", as_of=day) == wanted


@pytest.mark.parametrize("day", DAYS)
def test_one_unit_shows_its_last_state_on_the_day(
    application: Application, facts: Facts, day: date
) -> None:
    viewer = application.national(Role.VIEWER)
    known = Map(facts, day).last_known
    for id in {row["unit_id"] for row in facts.unit_version}:
        answer = viewer.get(f"/api/v1/units/{id}", as_of=day)
        assert answer.status_code == (200 if id in known else 404)
        if id in known:
            assert answer.json() == oracle.unit(facts, known[id])


def test_models_types_and_reorganisations_are_complete(
    application: Application, facts: Facts
) -> None:
    told = rows(application, "models")
    warnings = [row.pop("warnings") for row in told]  # computed; tests/api holds which
    assert all(isinstance(one, list) for one in warnings)
    assert told == [oracle.model(row) for row in newest(facts.model)]
    types = [oracle.model_type(row) for row in by_name(facts.model_type)]
    assert rows(application, "model-types") == types
    acts = [oracle.reorganisation(row) for row in newest(facts.unit_reorganisation)]
    assert rows(application, "unit-reorganisations") == acts


def test_the_days_of_a_unit_are_open_where_no_end_is_known(application: Application) -> None:
    def days(code: str, as_of: date) -> tuple[str | None, str | None]:
        unit = application.national(Role.VIEWER).get(f"/api/v1/units/{code}", as_of=as_of).json()
        return unit["valid_from"], unit["valid_to"]

    assert days("VN", MOVED) == (None, None)
    assert days("00923", MOVED.replace(year=2020)) == (None, RENAMED.isoformat())
    assert days("00924", MOVED) == (RENAMED.isoformat(), None)
    assert days("00911", CLOSED) == (CLOSED.isoformat(), None)
    assert days("g-1", FAR) == ("2022-01-01", None)


QUERY = "{ models(first: 100, where: {state: {eq: STATE}}) { nodes { state allowedActions } } }"


def test_what_may_be_done_follows_from_the_state(application: Application) -> None:
    for state, actions in (("PROPOSED", ["survey", "retire"]), ("LAUNCHED", ["operate", "retire"])):
        caller = application.national(Role.RECORDER, Role.APPROVER)
        answer = caller.ask(QUERY.replace("STATE", state))
        wanted = [
            (one["state"], one["allowedActions"]) for one in answer["data"]["models"]["nodes"]
        ]
        assert set(map(repr, wanted)) == {repr((state, actions))}
