"""Organisations, which host models; stated figures, of which stated tallies were a part."""

from typing import Any

from alembic import op
from sqlalchemy import text

from app.db.migration_scripts import run_script
from app.db.vietnamese import search_key

revision = "20261130_1130"
down_revision = "20261130_1000"
branch_labels = None
depends_on = None

# the hosts that were known by name alone: one organisation for each name of a unit
HOSTS = """
SELECT m.unit_id, m.host_organisation AS name, min(CASE t.host_kind
    WHEN 'school' THEN 'school' WHEN 'hospital' THEN 'hospital' WHEN 'clan' THEN 'clan'
    WHEN 'religious_community' THEN 'parish' ELSE 'other' END) AS kind
FROM model m JOIN model_type t ON t.id = m.type_id
WHERE m.host_organisation IS NOT NULL GROUP BY m.unit_id, m.host_organisation
"""
# a UUID of version 7, whose order is that of the time
INSERT_HOST = """
INSERT INTO organisation (id, unit_id, kind, name, state, search_key)
VALUES (overlay(overlay(replace(gen_random_uuid()::text, '-', '') PLACING
    lpad(to_hex((extract(epoch FROM clock_timestamp()) * 1000)::bigint), 12, '0') FROM 1 FOR 12)
    PLACING '7' FROM 13 FOR 1)::uuid, :unit_id, :kind, :name, 'active', :search_key)
"""


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    for script in ("tables/organisations.sql", "tables/stated_figures.sql"):
        run_script(script)
    _make_organisations(op.get_bind())
    run_script("data/organisations_and_stated_figures_up.sql")


def downgrade() -> None:
    """Go back to names and yearly tallies; what these could not express is dropped."""
    op.execute("SET LOCAL lock_timeout = '5s'")
    run_script("tables/stated_tallies.sql")
    run_script("data/organisations_and_stated_figures_down.sql")


def _make_organisations(connection: Any) -> None:
    """Make an organisation of each name of a host; its search key is Python's to say."""
    for host in connection.execute(text(HOSTS)).mappings().all():
        values = {**host, "search_key": search_key(host["name"])}
        connection.execute(text(INSERT_HOST), values)
