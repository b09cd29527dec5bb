"""Keys of names and of papers: one name stands once in a place at a time, however it is spelt."""

from collections.abc import Mapping
from typing import Any

from alembic import op
from sqlalchemy import text

from app.db.migration_scripts import run_script
from app.db.vietnamese import name_key, paper_key, search_key, sort_key

revision = "20261130_1400"
down_revision = "20261130_1301"
branch_labels = None
depends_on = None

MAX_AT_ONCE = 1_000
NAMES = {
    "organisation": "SELECT id, name, CASE WHEN state = 'active' AND voided_at IS NULL "
    "THEN unit_id || kind END AS place",
    "team": "SELECT id, name, CASE WHEN state NOT IN ('declined', 'dissolved') "
    "AND voided_at IS NULL THEN unit_id || kind END AS place",
    "committee": "SELECT id, name, CASE WHEN state <> 'dissolved' AND voided_at IS NULL "
    "THEN unit_id || scope END AS place",
    "model": "SELECT id, name, NULL AS place",
    "unit_version": "SELECT id, name, entered_in_id || kind AS place",
}
SET_BOTH = "name_key = :key, sort_key = :sort"
SET = {"unit_version": "name_key = :key", "committee": f"{SET_BOTH}, search_key = :search"}


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    run_script("data/names_up.sql")
    connection = op.get_bind()
    for table, select in NAMES.items():
        _fill(connection, table, select)
    _fill_papers(connection)
    run_script("data/names_constraints.sql")
    run_script("functions/units_named_v1.sql")


def downgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.execute("DROP FUNCTION units_named")
    run_script("data/names_down.sql")


def _fill(connection: Any, table: str, select: str) -> None:
    """Give names their keys; of one name in one place the first gets it, the others stay as is."""
    seen: set[tuple[str, str]] = set()
    found = []
    for row in connection.execute(text(f"{select} FROM {table} ORDER BY id")).mappings():
        key = name_key(row["name"]) or row["name"]
        first = row["place"] is None or (row["place"], key) not in seen
        others = {"sort": sort_key(row["name"]), "search": search_key(row["name"])}
        found.append({"id": row["id"], "key": key if first else None, **others})
        seen.add((row["place"], key))
    _write(connection, f"UPDATE {table} SET {SET.get(table, SET_BOTH)} WHERE id = :id", found)


def _fill_papers(connection: Any) -> None:
    """Give documents their keys; of one paper that was recorded twice, the first gets it."""
    seen: set[Any] = set()
    found = []
    papers = "SELECT id, number, symbol, issuer_eid, issued_year FROM document "
    papers += "WHERE voided_at IS NULL ORDER BY id"
    for row in connection.execute(text(papers)).mappings():
        key = paper_key(row["number"], row["symbol"])
        paper = _identify(row, key)
        if key is not None and (paper is None or paper not in seen):
            found.append({"id": row["id"], "key": key})
        seen.add(paper)
    _write(connection, "UPDATE document SET paper_key = :key WHERE id = :id", found)


def _identify(row: Mapping[str, Any], key: str | None) -> tuple[Any, ...] | None:
    known = (row["issuer_eid"], row["issued_year"])
    return None if None in known else (key, *known)


def _write(connection: Any, update: str, rows: list[dict[str, Any]]) -> None:
    for begin in range(0, len(rows), MAX_AT_ONCE):
        connection.execute(text(update), rows[begin : begin + MAX_AT_ONCE])
