"""Records that were entered in error are voided: marks, and what no longer counts them."""

from itertools import product

from alembic import op

from app.db.migration_scripts import run_script, run_statements

revision = "20261130_1300"
down_revision = "20261130_1130"
branch_labels = None
depends_on = None

TABLES = (
    "commendation", "committee", "document", "exemplar", "model", "model_recognition",
    "organisation", "team", "team_member", "unit_version",
)  # fmt: skip
MARKS = """
ALTER TABLE {table} ADD COLUMN voided_at TIMESTAMPTZ, ADD COLUMN voided_by VARCHAR,
    ADD COLUMN void_reason VARCHAR(2000);
ALTER TABLE {table} ADD CONSTRAINT ck_{table}_voided_has_reason CHECK (
    (voided_at IS NULL) = (void_reason IS NULL) AND (voided_at IS NULL) = (voided_by IS NULL));
"""
# What may stand once is free again when a record is voided; and who names a document is found.
UNIQUE = """
ALTER TABLE team_term ADD COLUMN voided_at TIMESTAMPTZ;
ALTER TABLE team_term DROP CONSTRAINT one_leader_a_day;
ALTER TABLE team_term ADD CONSTRAINT one_leader_a_day EXCLUDE USING gist
    (team_id WITH =, daterange(since, until) WITH &&) WHERE (role = 'leader' AND voided_at IS NULL);
DROP INDEX uq_model_source_reference, uq_team_source_reference, uq_document_numbered;
CREATE UNIQUE INDEX uq_model_source_reference ON model (source, reference)
    WHERE voided_at IS NULL;
CREATE UNIQUE INDEX uq_team_source_reference ON team (source, reference) WHERE voided_at IS NULL;
CREATE UNIQUE INDEX uq_document_numbered ON document (issuer_eid, number, symbol, issued_year)
    WHERE issuer_eid IS NOT NULL AND number IS NOT NULL AND symbol IS NOT NULL
    AND issued_year IS NOT NULL AND voided_at IS NULL;
CREATE INDEX ix_model_approval_document_id ON model (approval_document_id);
CREATE INDEX ix_model_recognition_document_id ON model_recognition (document_id);
CREATE INDEX ix_transition_document_id ON transition (document_id)
    WHERE document_id IS NOT NULL;
"""
# Several documents a step, each with its role.
DOCUMENTS = """
CREATE TABLE transition_document (
    id UUID NOT NULL,
    recorded_at TIMESTAMPTZ DEFAULT now() NOT NULL,
    transition_id UUID NOT NULL,
    document_id UUID NOT NULL,
    role VARCHAR(32) NOT NULL,
    CONSTRAINT pk_transition_document PRIMARY KEY (id),
    CONSTRAINT fk_transition_document_transition_id_transition FOREIGN KEY (transition_id)
        REFERENCES transition (id),
    CONSTRAINT ck_transition_document_documentrole CHECK (role IN ('plan', 'launch_decision',
        'pledge', 'approval'))
);
CREATE INDEX ix_transition_document_transition_id_id ON transition_document (transition_id, id);
CREATE INDEX ix_transition_document_document_id ON transition_document (document_id);
GRANT SELECT, INSERT ON transition_document TO binhyen_runtime;
GRANT INSERT ON transition_document TO binhyen_vault, binhyen_keeper;
"""
FORMER = """
DROP TABLE transition_document;
DROP INDEX ix_model_approval_document_id, ix_model_recognition_document_id,
    ix_transition_document_id;
DROP INDEX uq_model_source_reference, uq_team_source_reference, uq_document_numbered;
CREATE UNIQUE INDEX uq_model_source_reference ON model (source, reference);
CREATE UNIQUE INDEX uq_team_source_reference ON team (source, reference);
CREATE UNIQUE INDEX uq_document_numbered ON document (issuer_eid, number, symbol, issued_year)
    WHERE issuer_eid IS NOT NULL AND number IS NOT NULL AND symbol IS NOT NULL
    AND issued_year IS NOT NULL;
ALTER TABLE team_term DROP CONSTRAINT one_leader_a_day;
ALTER TABLE team_term ADD CONSTRAINT one_leader_a_day EXCLUDE USING gist
    (team_id WITH =, daterange(since, until) WITH &&) WHERE (role = 'leader');
ALTER TABLE team_term DROP COLUMN voided_at;
"""
# Lists by place leave voided rows out; with the mark in the index they need not visit these rows.
LISTED = (
    "commendation", "committee", "document", "exemplar", "organisation", "stated_figure", "team",
    "team_member",
)  # fmt: skip
PLACES = ("province_id", "district_id", "commune_id", "village_id")
BY_PLACE = """
DROP INDEX ix_{table}_{place}_id;
CREATE INDEX ix_{table}_{place}_id ON {table} ({place}, id){shown};
"""
# A draft of a change of the map can be withdrawn.
STATES = """
ALTER TABLE unit_reorganisation
    DROP CONSTRAINT ck_unit_reorganisation_committed_has_time,
    DROP CONSTRAINT ck_unit_reorganisation_reorganisationstate;
ALTER TABLE unit_reorganisation
    ADD CONSTRAINT ck_unit_reorganisation_committed_has_time
        CHECK ((state IN ({uncommitted})) = (committed_at IS NULL)),
    ADD CONSTRAINT ck_unit_reorganisation_reorganisationstate
        CHECK (state IN ('committed', 'reversed', {uncommitted}));
"""
VIEWS = ("views/unit_dated_v1.sql", "views/unit_dated_v2.sql")
READERS = "GRANT SELECT ON unit_dated TO binhyen_runtime, binhyen_intake;"
KINDS = """
ALTER TABLE model_member DROP CONSTRAINT ck_model_member_memberkind;
ALTER TABLE model_member ADD CONSTRAINT ck_model_member_memberkind CHECK (kind IN ({kinds}));
"""
FORMER_KINDS = "'household', 'resident', 'group', 'organisation'"
NEW_KINDS = "'pledged_household', 'core_person', 'influential_person'"
POSITIONS = """
ALTER TABLE {table} ADD COLUMN member_positions TEXT[] DEFAULT '{{}}' NOT NULL;
"""
COMMITTEES = ("committee", "former_committee")
REFUSE_WITHDRAWN = """
DO $$ BEGIN
  IF EXISTS (SELECT FROM unit_reorganisation WHERE state = 'withdrawn') THEN
    RAISE EXCEPTION 'the version before knows no withdrawn drafts of changes of the map';
  END IF;
END $$;
"""
REFUSE = """
DO $$ BEGIN
  IF EXISTS (SELECT FROM {table} WHERE voided_at IS NOT NULL) THEN
    RAISE EXCEPTION 'the version before would count voided records of {table} again';
  END IF;
END $$;
ALTER TABLE {table} DROP COLUMN voided_at, DROP COLUMN voided_by, DROP COLUMN void_reason;
"""


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    for table in TABLES:
        run_statements(MARKS.format(table=table))
    _index_places(" INCLUDE (voided_at)")
    run_statements(UNIQUE)
    run_statements(DOCUMENTS)
    run_statements(KINDS.format(kinds=f"{FORMER_KINDS}, {NEW_KINDS}"))
    for table in COMMITTEES:
        run_statements(POSITIONS.format(table=table))
    run_script(VIEWS[1])
    run_statements("GRANT DELETE ON model_host TO binhyen_runtime;")  # hosts are corrected
    run_statements(STATES.format(uncommitted="'draft', 'withdrawn'"))


def downgrade() -> None:
    """Go back, unless a record was voided: the version before would count it."""
    op.execute("SET LOCAL lock_timeout = '5s'")
    run_statements(FORMER)
    run_statements("REVOKE DELETE ON model_host FROM binhyen_runtime; DROP VIEW unit_dated;")
    run_script(VIEWS[0])
    run_statements(READERS)
    run_statements(KINDS.format(kinds=FORMER_KINDS))  # fails where others stand
    for table in COMMITTEES:
        run_statements(f"ALTER TABLE {table} DROP COLUMN member_positions;")
    run_statements(REFUSE_WITHDRAWN + STATES.format(uncommitted="'draft'"))
    _index_places("")
    for table in TABLES:
        run_statements(REFUSE.format(table=table))


def _index_places(shown: str) -> None:
    for table, place in product(LISTED, PLACES):
        run_statements(BY_PLACE.format(table=table, place=place, shown=shown))
