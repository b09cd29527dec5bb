"""The ids of sensitive rows come beside the JSON: those in it, in its order, however deep."""

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any
from uuid import UUID

import asyncpg
import pytest

from app.db.query.compiler import ACTOR_SESSION, ACTOR_UNIT, SESSION_VERSION
from app.db.query.selection import AnyQuery, Kind, SelectedField, UnionQuery
from app.db.query.sensitive_ids import sensitive_shapes
from app.db.query.shape import Shape
from app.db.query.statement import object_statement, value_statement
from app.domain.actor import Level
from app.domain.programme_models.shape import MODEL
from app.domain.query import build_query
from app.domain.units.shape import UNIT
from tests.application import runner
from tests.give import Country

# Units and models as if they were sensitive, and as if units led to units that are.
GUARDED: Shape = replace(
    UNIT,
    name="Guarded",
    sensitive=True,
    links={
        name: replace(UNIT.links[name], to=lambda: GUARDED)
        for name in ("parent", "children", "ancestors")
    },
)
GUARDED_MODEL = replace(
    MODEL,
    name="GuardedModel",
    sensitive=True,
    links={"unit": replace(MODEL.links["unit"], to=lambda: GUARDED)},
)
ID = SelectedField("id", "id")
UNITS, MODELS = "unit", "model"


def select_by_id(kind: str, *more: SelectedField) -> tuple[SelectedField, ...]:
    """A row by its id, under a key that says of which shape it is."""
    return (SelectedField(kind, "id"), *more)


PARENT = SelectedField("up", "parent", select_by_id(UNITS))
CHILDREN = SelectedField("down", "children", select_by_id(UNITS, PARENT))
ANCESTORS = SelectedField(
    "above", "ancestors", select_by_id(UNITS, SelectedField("x", "children", select_by_id(UNITS)))
)
DEEP = select_by_id(UNITS, CHILDREN, SelectedField("code", "code"), ANCESTORS, PARENT)
MODEL_DEEP = select_by_id(MODELS, SelectedField("place", "unit", DEEP))
NEXT, CURSOR = SelectedField("next", "next"), SelectedField("at", "cursor")
NAMES = SelectedField("b", "node", select_by_id(UNITS))
PAGES: dict[str, tuple[Shape, tuple[SelectedField, ...], dict[str, Any]]] = {
    "rows": (GUARDED, (SelectedField("items", "nodes", select_by_id(UNITS)),), {"first": 5}),
    "rows without their ids": (
        GUARDED,
        (SelectedField("items", "nodes", (SelectedField("c", "code"),)),),
        {"first": 5},
    ),
    "no rows": (GUARDED, (SelectedField("n", "total_count"), NEXT), {"first": 5}),
    "from the end": (GUARDED, (SelectedField("items", "nodes", DEEP),), {"last": 4}),
    "deep": (GUARDED, (SelectedField("items", "nodes", DEEP), NEXT), {"first": 4}),
    "edges": (
        GUARDED,
        (SelectedField("e", "edges", (CURSOR, SelectedField("one", "node", DEEP))),),
        {"first": 3},
    ),
    "edges without rows": (GUARDED, (SelectedField("e", "edges", (CURSOR,)),), {"first": 3}),
    "twice": (
        GUARDED,
        (
            SelectedField("a", "nodes", select_by_id(UNITS)),
            SelectedField("e", "edges", (NAMES, SelectedField("c", "node", DEEP))),
        ),
        {"first": 3},
    ),
    "two shapes": (GUARDED_MODEL, (SelectedField("items", "nodes", MODEL_DEEP),), {"first": 6}),
}  # fmt: skip


@pytest.fixture(scope="module")
def connection(land_url: str, country: Country) -> Iterator[asyncpg.Connection]:
    """A connection on which a session lives, as long as the transaction does."""
    opened = runner().run(asyncpg.connect(land_url))
    trial = opened.transaction()
    runner().run(trial.start())
    yield opened
    runner().run(trial.rollback())
    runner().run(opened.close())


async def fetch(
    connection: asyncpg.Connection, questions: tuple[AnyQuery, ...], values: dict[str, Any]
) -> tuple[Any, list[list[str]]]:
    statement = value_statement(questions[0], Level.NATIONAL)
    if len(questions) > 1:
        statement = object_statement(questions, Level.NATIONAL)
    session = await connection.fetchrow(
        "INSERT INTO auth_session (id, scope, methods, expires_at) "
        "VALUES (gen_random_uuid(), '', '{}', now()) RETURNING id, version"
    )
    values |= {ACTOR_UNIT: UUID(int=0), ACTOR_SESSION: session[0], SESSION_VERSION: session[1]}
    answer, *ids = await connection.fetchrow(statement.sql, *statement.arguments(values))
    assert len(ids) == len(statement.sensitive)
    return None if answer is None else json.loads(answer), ids


def find_ids(answer: Any, kind: str) -> list[str]:
    """The ids of one kind that an answer names, each row before what it holds."""
    if isinstance(answer, list):
        return [id for one in answer for id in find_ids(one, kind)]
    if not isinstance(answer, dict):
        return []
    own = [answer[kind]] if kind in answer else []
    return own + [id for one in answer.values() for id in find_ids(one, kind)]


def read(
    connection: asyncpg.Connection, *queries: tuple[AnyQuery, dict[str, Any]]
) -> tuple[Any, list[list[str]]]:
    values = {name: value for _, given in queries for name, value in given.items()}
    return runner().run(fetch(connection, tuple(question for question, _ in queries), values))


@pytest.mark.parametrize("name", PAGES)
def test_a_page_names_what_it_holds(connection: asyncpg.Connection, name: str) -> None:
    shape, picks, bounds = PAGES[name]
    question, values = build_query(shape, Kind.PAGE, picks, bounds)
    answer, ids = read(connection, (question, values))
    kinds = {GUARDED: UNITS, GUARDED_MODEL: MODELS}
    wanted = [find_ids(answer, kinds[one]) for one in sensitive_shapes(question)]
    if name == "rows without their ids":
        assert [len(some) for some in ids] == [len(answer["items"])] == [5]
    else:
        assert ids == wanted
        assert all(wanted) is (name not in ("no rows", "edges without rows"))


def test_a_row_names_what_it_holds(connection: asyncpg.Connection, country: Country) -> None:
    query = build_query(GUARDED, Kind.ONE, DEEP, {"id": str(country["2.1"])})
    answer, ids = read(connection, query)
    assert ids == [find_ids(answer, UNITS)]
    assert ids[0][0] == str(country["2.1"])
    assert len(ids[0]) > 5


def test_a_row_that_is_not_there_names_none(connection: asyncpg.Connection) -> None:
    query = build_query(GUARDED, Kind.ONE, DEEP, {"id": str(UUID(int=1))})
    assert read(connection, query) == (None, [[]])


def test_several_answers_name_what_they_hold_in_turn(
    connection: asyncpg.Connection, country: Country
) -> None:
    some = SelectedField("items", "nodes", select_by_id(UNITS))
    answer, ids = read(
        connection,
        build_query(
            GUARDED_MODEL,
            Kind.PAGE,
            (SelectedField("items", "nodes", MODEL_DEEP),),
            {"first": 2},
            key="a",
        ),
        build_query(
            UNIT, Kind.PAGE, (SelectedField("items", "nodes", (ID,)),), {"first": 2}, key="b"
        ),
        build_query(GUARDED, Kind.ONE, select_by_id(UNITS), {"id": str(country["1"])}, key="c"),
        build_query(GUARDED, Kind.PAGE, (some,), {"first": 2}, key="d"),
    )
    assert list(answer) == ["a", "b", "c", "d"]
    assert ids == [find_ids(answer, MODELS), find_ids(answer, UNITS)]
    assert len(answer["b"]["items"]) == 2


@pytest.mark.parametrize("turned", [False, True])
def test_one_of_several_shapes_names_the_one_that_was_found(
    connection: asyncpg.Connection, country: Country, turned: bool
) -> None:
    id = country["1"]
    unit, of_unit = build_query(GUARDED, Kind.ONE, select_by_id(UNITS), {"id": str(id)}, key="k/u")
    model, of_model = build_query(
        GUARDED_MODEL, Kind.ONE, select_by_id(MODELS), {"id": id}, key="k/m"
    )
    reads = (model, unit) if turned else (unit, model)
    question = UnionQuery("k", reads)
    answer, ids = read(connection, (question, of_unit | of_model))
    assert answer == {UNITS: str(id)}
    assert dict(zip(sensitive_shapes(question), ids, strict=True)) == {
        GUARDED: [str(id)], GUARDED_MODEL: [],
    }  # fmt: skip
