"""Cases of people under 18: marked, apart from others, and purged by a term of their own."""

from alembic import op

from app.db.migration_scripts import SCRIPTS, run_script, run_statements

revision = "20261201_0220"
down_revision = "20261201_0210"
branch_labels = None
depends_on = None

CHANGED = (
    "has_part_in_case", "may_open_case", "opening_of_case", "case_to_open", "is_case_orphaned",
    "take_case",
)  # fmt: skip
NAME = "ck_retention_rule_retentionof"
TERMS = f"""
ALTER TABLE retention_rule DROP CONSTRAINT {NAME}, ADD CONSTRAINT {NAME} CHECK ("of" IN ({{}}))
"""
MARK = "ALTER TABLE reintegration_case ADD COLUMN is_minor boolean NOT NULL DEFAULT false"
ROLES = "string_to_array(current_setting('binhyen.roles', true), ' ')"
CREATED = f"""
ALTER POLICY own_insert ON reintegration_case WITH CHECK (
    {ROLES} && '{{case_worker}}'::text[] {{more}}
    AND lies_in_own_place(unit_id, province_id, district_id, commune_id)
)
"""
OFFERED = f"""
ALTER POLICY offered_{{act}} ON reintegration_transfer USING (
    has_part_in_case(case_id) OR {ROLES} && '{{case_worker}}'::text[]
    AND lies_in_own_place(unit_id, province_id, district_id, commune_id) {{more}}
)
"""
OWN = f"AND (NOT is_minor OR {ROLES} && '{{minor_worker}}'::text[])"


def write_policies(own: str, offered: str) -> None:
    run_statements(CREATED.replace("{more}", own))
    for act in ("select", "update"):
        run_statements(OFFERED.replace("{act}", act).replace("{more}", offered))


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.execute(TERMS.format("'tip', 'identity', 'notice', 'case', 'minor_case'"))
    run_statements(MARK)
    run_script("functions/serves_case_v1.sql")
    run_statements("REVOKE ALL ON FUNCTION serves_case FROM PUBLIC")
    run_statements("GRANT EXECUTE ON FUNCTION serves_case TO binhyen_runtime")
    for name in CHANGED:
        run_script(f"functions/{name}_v2.sql")
    write_policies(OWN, "AND serves_case(case_id)")


def downgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    write_policies("", "")
    for name in CHANGED:
        first = (SCRIPTS / f"functions/{name}_v1.sql").read_text(encoding="utf-8")
        run_statements(first.replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION"))
    run_statements("DROP FUNCTION serves_case")
    run_statements("ALTER TABLE reintegration_case DROP COLUMN is_minor")
    op.execute("DELETE FROM retention_rule WHERE \"of\" = 'minor_case'")
    op.execute(TERMS.format("'tip', 'identity', 'notice', 'case'"))
