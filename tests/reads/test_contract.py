"""OpenAPI and the GraphQL schema describe the true answers and the true tables."""

from collections.abc import Iterator
from datetime import date
from typing import Any, get_args

import asyncpg
import pytest
from graphql import GraphQLObjectType, is_non_null_type
from sqlalchemy import BigInteger, Column, Integer
from sqlmodel import SQLModel

from app.api.graphql.types import SHAPES
from app.api.rest import schemas
from app.api.rest.query_params import list_params, read_params
from app.db.query.shape import CountField, Field, Shape, count_of
from app.db.tables.units import Unit, UnitDated, UnitVersion
from app.domain.actor import Role
from tests.application import Application, runner
from tests.give import Country
from tests.reads.give_map import CLOSED, DAYS
from tests.reads.neutral_questions import LAYERS, NAMES, SCHEMA, camel, list_plain

# computed: the days between two dates, people of a team; of either there are few
BOUNDED = {"due_in_days", "row", "size"}
READ = [SHAPES[name] for name in LAYERS]
EVERY = [SHAPES[name] for name in NAMES]
every = pytest.mark.parametrize("shape", EVERY, ids=[shape.name for shape in EVERY])
named = pytest.mark.parametrize("shape", READ, ids=[shape.name for shape in READ])


@named
@pytest.mark.parametrize("day", [DAYS[0], CLOSED], ids=str)
def test_answers_are_as_openapi_says(
    application: Application, country: Country, shape: Shape, day: date
) -> None:
    path, links = f"/api/v1/{LAYERS[shape.name][0]}", ",".join(shape.links)
    terms = {"as_of": str(day)} if "as_of" in shape.terms else {}
    terms |= {"expand": links} if links else {}
    for place in ("", "1", "2.Q", "1.1", "1.1.1"):
        caller = application.caller(
            Role.AUDITOR, Role.RECORDER, level=country.levels[country[place]], unit=country[place]
        )
        for more in ({}, {"total": "exact"}):
            page = caller.get(path, limit=15, **terms, **more)
            schemas.page(shape).model_validate_json(page.content, strict=True)
            assert set(page.json()) == {"items", "next"} | (
                {"total", "total_is_exact"} if more else set()
            )
        for row in page.json()["items"][:5]:
            assert set(row) == {*list_plain(shape), *shape.links, *_list_counts(shape)}
            one = caller.get(f"{path}/{row['id']}", **terms)
            schemas.one(shape).model_validate_json(one.content, strict=True)
            assert one.json() == row


def _list_counts(shape: Shape) -> list[str]:
    return [count_of(name) for name, link in shape.links.items() if link.many]


@every
def test_both_layers_offer_every_field_of_a_shape(shape: Shape) -> None:
    assert schemas.one(shape) is schemas.MODELS[shape.name]
    for reached in _iterate_shapes(shape, set()):
        names = {*reached.fields, *reached.links}
        kind = SCHEMA.type_map[reached.name]
        assert isinstance(kind, GraphQLObjectType)
        assert set(kind.fields) == {camel(name) for name in names}
        assert set(schemas.MODELS[reached.name].model_fields) == names
        for name, field in reached.fields.items():
            known = kind.fields[camel(name)].type
            assert is_non_null_type(known) is (type(None) not in get_args(field.type))


def _iterate_shapes(shape: Shape, seen: set[str]) -> Iterator[Shape]:
    if shape.name not in seen:
        seen.add(shape.name)
        yield shape
        for link in shape.links.values():
            yield from _iterate_shapes(link.to(), seen)


@every
def test_openapi_lists_the_parameters_that_are_taken(
    application: Application, shape: Shape
) -> None:
    document = application.nobody.get("/openapi.json").json()
    path = f"/api/v1/{NAMES[shape.name][0]}"
    for place, kind in ((path, list_params(shape)), (path + "/{id}", read_params(shape))):
        operation = document["paths"][place]["get"]
        told = {p["name"] for p in operation["parameters"] if p["in"] == "query"}
        assert told == {f.alias or name for name, f in kind.model_fields.items()}
        assert {"200", "400", "401", "403", "404", "422", "503"} <= set(operation["responses"])
        assert operation["security"] == [{"oauth2": [str(shape.needs)]}]
    told = {p["name"] for p in document["paths"][path]["get"]["parameters"]}
    for name, filter in shape.filters.items():
        operations = [op for op in filter.allows if op != "in"]
        assert told >= {name if op == "eq" else f"{name}.{op}" for op in operations}


@every
def test_graphql_takes_every_filter_order_and_term_of_a_shape(shape: Shape) -> None:
    query: Any = SCHEMA.query_type
    many, one = (query.fields[name] for name in NAMES[shape.name][1:])
    where = many.args["where"].type
    assert set(where.fields) == {camel(name) for name in shape.filters}
    for name, filter in shape.filters.items():
        assert set(where.fields[camel(name)].type.fields) == {camel(name) for name in filter.allows}
    assert set(many.args["orderBy"].type.values) == {name.upper() for name in shape.orders}
    assert {camel(name) for name in shape.terms} == set(one.args) - {"id"}
    assert set(one.args) - {"id"} <= set(many.args)


@every
def test_what_is_never_null_is_not_null_in_its_table(shape: Shape) -> None:
    checked = 0
    for reached in _iterate_shapes(shape, set()):
        for name, field in reached.fields.items():
            column = _column(reached, name, field)
            if column is not None and field.seen is None:  # else null where it is not seen
                checked += 1
                may_be_null = type(None) in get_args(field.type)
                assert column.nullable is may_be_null, f"{reached.name}.{name}"
    assert checked > 5


@every
def test_whole_numbers_fit_the_int_of_graphql(shape: Shape) -> None:
    for reached in _iterate_shapes(shape, set()):
        for name, field in reached.fields.items():
            if (field.type is int or int in get_args(field.type)) and name not in BOUNDED:
                if isinstance(field, CountField):
                    continue  # of rows that belong to one record
                column = _column(reached, name, field)
                assert column is not None, f"{reached.name}.{name} is computed: bound it"
                assert isinstance(column.type, Integer)
                assert not isinstance(column.type, BigInteger)


def _column(shape: Shape, name: str, field: Field) -> Column[Any] | None:
    """The column that a field shows as it is; that of the view by its tables; None if computed."""
    if field.by_caller or field.sql(shape.table) is not getattr(shape.table, name, None):
        return None
    table: type[SQLModel] = shape.table
    if table is UnitDated:
        table, name = (
            (Unit, name) if name == "version" else (UnitVersion, {"id": "unit_id"}.get(name, name))
        )
    column: Column[Any] = table.__table__.c[name]  # type: ignore[attr-defined]
    return column


def test_the_tables_are_as_the_classes_say(application: Application, land_url: str) -> None:
    """Else the two tests above would be true of the classes only."""

    async def columns() -> dict[tuple[str, str], tuple[bool, str]]:
        connection = await asyncpg.connect(land_url)
        rows = await connection.fetch(
            "SELECT table_name, column_name, is_nullable, data_type "
            "FROM information_schema.columns WHERE table_schema = 'public'"
        )
        await connection.close()
        return {(r[0], r[1]): (r[2] == "YES", r[3]) for r in rows}

    known = runner().run(columns())
    for shape in {s for one in READ for s in _iterate_shapes(one, set())}:
        tables = [Unit, UnitVersion] if shape.table is UnitDated else [shape.table]
        for table in tables:
            for column in table.__table__.columns:  # type: ignore[attr-defined]
                nullable, kind = known[column.table.name, column.name]
                assert nullable is bool(column.nullable), column
                assert (kind == "integer") is isinstance(column.type, Integer), column
