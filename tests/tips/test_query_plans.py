"""Lists of tips use an index for their order, under row-level security too."""

from typing import Any
from uuid import UUID

import pytest

from app.db.query.compiler import ACTOR_SESSION, ACTOR_UNIT, SESSION_VERSION
from app.db.query.selection import Kind, SelectedField
from app.db.query.statement import value_statement
from app.domain.actor import Level
from app.domain.query import build_query
from app.domain.tips.shape import TIP
from tests.application import runner
from tests.audit.give import rows
from tests.audit.test_roles import RUNTIME, acting
from tests.conftest import copy_database
from tests.give import Country, give_country
from tests.tips.scenario import ME

CROWD = """
ALTER TABLE tip DISABLE TRIGGER place_row;
INSERT INTO tip (id, unit_id, received_unit_id, about_officials, received_on, channel, kind, state,
  has_contact, shared, due_on, province_id, commune_id)
SELECT gen_random_uuid(), u.id, u.id, false, date '2024-01-01' + n % 900, 'online', 'unknown',
  'received', false, '{text}', date '2024-01-02' + n % 900, u.province_id, u.commune_id
FROM generate_series(1, 3000) n CROSS JOIN unit u WHERE u.village_id IS NULL;
INSERT INTO tip_assignment (id, tip_id, subject, assigned_by, assigned_on)
SELECT gen_random_uuid(), id, 's' || n % 400, 'x', received_on
FROM (SELECT id, received_on, row_number() OVER () AS n FROM tip) t;
ALTER TABLE tip ENABLE TRIGGER place_row;
ANALYZE tip; ANALYZE tip_assignment;
"""
PICKS = (
    SelectedField("items", "nodes", (SelectedField("id", "id"), SelectedField("state", "state"))),
    SelectedField("next", "next"),
)
Filters = dict[tuple[str, str], Any]


@pytest.fixture(scope="module")
def tip_crowd(worker: str) -> tuple[str, Country]:
    url = copy_database("empty", f"crowd_of_tips_{worker}")
    country = runner().run(give_country(url))
    for statement in filter(None, (part.strip() for part in CROWD.split(";"))):
        runner().run(rows(url, statement))
    return url, country


def plan(tip_crowd: tuple[str, Country], place: str, order: str, filters: Filters) -> str:
    """Return PostgreSQL's plan of a list for an officer under the policies."""
    url, country = tip_crowd
    unit = country[place]
    level = Level(country.levels[unit])
    read, values = build_query(TIP, Kind.PAGE, PICKS, {"first": 50, "order": order}, filters)
    values |= {ACTOR_UNIT: unit, ACTOR_SESSION: UUID(int=1), SESSION_VERSION: 1}
    statement = value_statement(read, level)

    async def explain() -> str:
        context = {"level": level.value, "unit": str(unit), "roles": "tip_officer", "subject": ME}
        async with acting(url, RUNTIME, **context) as connection:
            found = await connection.fetch(f"EXPLAIN {statement.sql}", *statement.arguments(values))
        return "\n".join(row[0] for row in found)

    return runner().run(explain())


@pytest.mark.parametrize("order", ["newest", "due"])
@pytest.mark.parametrize("place", ["", "1", "1.1"])
@pytest.mark.parametrize("filters", [{}, {("state", "eq"): "received"}], ids=["all", "some"])
def test_usual_lists_use_an_index(
    tip_crowd: tuple[str, Country], place: str, order: str, filters: Filters
) -> None:
    found = plan(tip_crowd, place, order, filters)
    assert "Seq Scan on tip" not in found, found
    assert "Sort Key: tip" not in found, found
    by = "received_on" if order == "newest" else "due_on"
    assert f"{by}_id" in found, found


def test_assigned_filter_uses_an_index(tip_crowd: tuple[str, Country]) -> None:
    found = plan(tip_crowd, "1.1", "newest", {("assigned", "eq"): "s7"})
    assert "Seq Scan" not in found.replace("Seq Scan on unit", ""), found
