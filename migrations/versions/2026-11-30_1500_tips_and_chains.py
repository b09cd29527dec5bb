"""Tips: urgency, results, grounds, downgrades, reopening; committees that follow their unit."""

from alembic import op

from app.db.migration_scripts import run_script

revision = "20261130_1500"
down_revision = "20261130_1400"
branch_labels = None
depends_on = None

HOLDERS = ("province_id", "district_id", "commune_id", "unit_id")
COLUMNS = (
    "urgency", "local_result", "suspension_basis", "downgraded_on", "reopened_on",
)  # fmt: skip
UP = """
ALTER TABLE tip
    ADD COLUMN urgency SMALLINT DEFAULT 1 NOT NULL,
    ADD COLUMN local_result VARCHAR(32),
    ADD COLUMN suspension_basis VARCHAR(32),
    ADD COLUMN downgraded_on DATE,
    ADD COLUMN reopened_on DATE,
    ADD CONSTRAINT ck_tip_urgent_or_not CHECK (urgency IN (0, 1)),
    ADD CONSTRAINT ck_tip_localresult CHECK (local_result IN ('reconciled', 'reminded', 'fined',
        'repaired', 'explained', 'not_confirmed', 'other')),
    ADD CONSTRAINT ck_tip_suspensionbasis CHECK (suspension_basis IN ('expert_opinion',
        'missing_material', 'force_majeure'))
"""
FOLLOWING = """
ALTER TABLE committee ADD COLUMN followed_from_id UUID
    CONSTRAINT fk_committee_followed_from_id_unit REFERENCES unit (id)
"""
FUNCTIONS = (
    "tip_tallies_v2", "standing_successors_v1", "ended_unit_of_v1", "standing_unit_v1",
    "take_tip_v3",
)  # fmt: skip
DROP_FUNCTION = "DROP FUNCTION tip_tallies(uuid, date, date, timestamptz)"
GRANTS = (
    "REVOKE ALL ON FUNCTION tip_tallies FROM PUBLIC",
    "GRANT EXECUTE ON FUNCTION tip_tallies TO binhyen_runtime",
)


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.execute(UP)
    op.execute(FOLLOWING)
    for place in HOLDERS:
        op.execute(
            f"CREATE INDEX ix_tip_{place}_urgency_due_on_id ON tip ({place}, urgency, due_on, id)"
        )
        op.execute(f"DROP INDEX ix_tip_{place}_due_on_id")
    for name in FUNCTIONS:
        run_script(f"functions/{name}.sql")


def downgrade() -> None:
    """Forget what the version before cannot say."""
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.execute(DROP_FUNCTION)
    run_script("functions/take_tip_v2.sql")
    op.execute("DROP FUNCTION standing_unit(uuid)")
    op.execute("DROP FUNCTION ended_unit_of(text, uuid)")
    op.execute("DROP FUNCTION standing_successors(uuid[])")
    run_script("functions/tip_tallies_v1.sql")
    for statement in GRANTS:
        op.execute(statement)
    for place in HOLDERS:
        op.execute(f"CREATE INDEX ix_tip_{place}_due_on_id ON tip ({place}, due_on, id)")
    op.execute("ALTER TABLE committee DROP COLUMN followed_from_id")
    op.execute("ALTER TABLE tip " + ", ".join(f"DROP COLUMN {name}" for name in COLUMNS))
