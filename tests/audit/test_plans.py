"""Lists of the audit come out of an index, under the policies too."""

from typing import Any
from uuid import UUID

import asyncpg
import pytest

from app.db.query.compiler import ACTOR_SESSION, ACTOR_UNIT, SESSION_VERSION
from app.db.query.selection import Kind, SelectedField
from app.db.query.statement import value_statement
from app.domain.audit.shape import AUDIT_ENTRY
from app.domain.query import build_query
from tests.application import runner
from tests.audit.give import AuditScenario
from tests.audit.test_roles import RUNTIME, acting

CROWD = """
ALTER TABLE audit_entry DISABLE TRIGGER place_row;
INSERT INTO audit_entry (id, recorded_at, act, operation, resource, resource_id, fields, subject,
  client, roles, unit_id, province_id, commune_id, village_id)
SELECT gen_random_uuid(), timestamptz '2026-01-01' + n * interval '1 min', 'change', 'model:update',
  'r' || n % 300, gen_random_uuid(), '{}', 's' || n % 5000, 'c', '{}', u.id,
  u.province_id, u.commune_id, u.village_id
FROM generate_series(1, 40) n CROSS JOIN unit u CROSS JOIN generate_series(1, 50);
ALTER TABLE audit_entry ENABLE TRIGGER place_row;
ANALYZE audit_entry;
"""
PICKS = (
    SelectedField("items", "nodes", (SelectedField("id", "id"), SelectedField("act", "act"))),
    SelectedField("next", "next"),
)
Filters = dict[tuple[str, str], Any]


@pytest.fixture(scope="module")
def crowded_scenario(scenario: AuditScenario) -> AuditScenario:
    async def crowd() -> None:
        connection = await asyncpg.connect(scenario.url)
        await connection.execute(CROWD)
        await connection.close()

    runner().run(crowd())
    return scenario


def plan(crowded_scenario: AuditScenario, place: str, order: str, filters: Filters) -> str:
    """Return how PostgreSQL reads a list for an auditor of a place, who acts under the policies."""
    unit = crowded_scenario.country[place]
    level = crowded_scenario.country.levels[unit]
    read, values = build_query(
        AUDIT_ENTRY, Kind.PAGE, PICKS, {"first": 50, "order": order}, filters
    )
    values |= {ACTOR_UNIT: unit, ACTOR_SESSION: UUID(int=1), SESSION_VERSION: 1}
    statement = value_statement(read, level)

    async def explain() -> str:
        context = {"level": level.value, "unit": str(unit), "roles": "auditor"}
        async with acting(crowded_scenario.url, RUNTIME, **context) as connection:
            rows = await connection.fetch(f"EXPLAIN {statement.sql}", *statement.arguments(values))
        return "\n".join(row[0] for row in rows)

    return runner().run(explain())


FILTERS: list[Filters] = [
    {},
    {("subject", "eq"): "s7"},
    {("resource_id", "eq"): UUID(int=5)},
    {("resource", "eq"): "r7"},
    {("act", "eq"): "change"},
]


@pytest.mark.parametrize("order", ["newest", "oldest"])
@pytest.mark.parametrize("place", ["", "1", "1.1", "1.1.1"])
@pytest.mark.parametrize("filters", FILTERS, ids=lambda filters: str([*filters]))
def test_no_list_reads_the_whole_audit(
    crowded_scenario: AuditScenario, order: str, place: str, filters: Filters
) -> None:
    found = plan(crowded_scenario, place, order, filters)
    assert "Seq Scan on audit_entry" not in found, found


@pytest.mark.parametrize("place", ["", "1", "1.1", "1.1.1"])
def test_the_newest_are_read_in_order(crowded_scenario: AuditScenario, place: str) -> None:
    found = plan(crowded_scenario, place, "newest", {})
    assert "Index Scan Backward using" in found, found
    assert "Sort Key: audit_entry" not in found, found
