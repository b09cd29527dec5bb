"""The audit as a chain of sealed links, the roles of the database, row-level security."""

import sqlalchemy as sa
from alembic import op

revision = "20261122_4"
down_revision = "20261122_7"
branch_labels = None
depends_on = None

ROLES = ("binhyen_runtime", "binhyen_intake", "binhyen_auditor", "binhyen_sealer")

# Roles belong to the whole server: another database of it may have made them, this very moment.
MAKE_ROLE = """
DO $$ BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '{role}') THEN
    CREATE ROLE {role} NOLOGIN;
  END IF;
EXCEPTION
  WHEN duplicate_object OR unique_violation THEN NULL;
  WHEN insufficient_privilege THEN
    RAISE EXCEPTION 'the role {role} is missing, and % may not make it', current_user
    USING ERRCODE = 'insufficient_privilege',
          HINT = 'an administrator runs: CREATE ROLE {role} NOLOGIN; GRANT {role} TO '
                 || quote_ident(current_user);
END $$
"""

# Whoever migrates may also be whom the application logs in as; a superuser is every role already.
JOIN_ROLE = """
DO $$ BEGIN
  IF NOT (SELECT rolsuper FROM pg_roles WHERE rolname = current_user) THEN
    EXECUTE format('GRANT {role} TO %I', current_user);
  END IF;
EXCEPTION WHEN insufficient_privilege THEN NULL;
END $$
"""

# A new entry waits for its place in the chain, whoever writes it.
WAIT = """
CREATE FUNCTION audit_wait() RETURNS trigger LANGUAGE plpgsql
SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  INSERT INTO public.audit_waiting SELECT id FROM fresh;
  RETURN NULL;
END $$
"""
WAITS = """
CREATE TRIGGER audit_wait AFTER INSERT ON audit_entry REFERENCING NEW TABLE AS fresh
FOR EACH STATEMENT EXECUTE FUNCTION audit_wait()
"""

# Takes records along to where their units lie: it is told of which units, and no value.
PLACE_RECORDS = """
CREATE FUNCTION place_records(only_units uuid[]) RETURNS TABLE (name text, moved bigint)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE placed regclass;
BEGIN
  FOR placed IN
    SELECT c.oid FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
    WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p')
      AND NOT c.relispartition AND NOT a.attisdropped AND a.attname
      IN ('unit_id', 'province_id', 'district_id', 'commune_id', 'village_id')
    GROUP BY c.oid, c.relname HAVING count(*) = 5 ORDER BY c.relname
  LOOP
    EXECUTE format(
      'UPDATE %s r SET province_id = u.province_id, district_id = u.district_id, '
      'commune_id = u.commune_id, village_id = u.village_id FROM public.unit u '
      'WHERE r.unit_id = u.id AND u.id = ANY ($1) AND '
      '(r.province_id, r.district_id, r.commune_id, r.village_id) IS DISTINCT FROM '
      '(u.province_id, u.district_id, u.commune_id, u.village_id)', placed) USING only_units;
    GET DIAGNOSTICS moved = ROW_COUNT;
    name := placed::text;
    RETURN NEXT;
  END LOOP;
END $$
"""

# One line of a migration protects a table of placed rows: the application sees those of the unit
# that its actor serves for, and only in one of these roles; without an actor it sees nothing.
# The owner still takes rows along to where their units lie, as place_records does.
PROTECT = """
CREATE FUNCTION protect_by_place(of_table regclass, for_roles text[],
                                 commands text[] DEFAULT '{SELECT}') RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE command text;
BEGIN
  EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', of_table);
  EXECUTE format('ALTER TABLE %s FORCE ROW LEVEL SECURITY', of_table);
  FOREACH command IN ARRAY commands LOOP
    EXECUTE format($policy$
      CREATE POLICY %I ON %s FOR %s TO binhyen_runtime USING (
        (SELECT string_to_array(current_setting('binhyen.roles', true), ' ') && %L::text[])
        AND CASE (SELECT current_setting('binhyen.level', true))
          WHEN 'national' THEN true
          WHEN 'province' THEN province_id =
            (SELECT nullif(current_setting('binhyen.unit', true), '')::uuid)
          WHEN 'district' THEN district_id =
            (SELECT nullif(current_setting('binhyen.unit', true), '')::uuid)
          WHEN 'commune' THEN commune_id =
            (SELECT nullif(current_setting('binhyen.unit', true), '')::uuid)
          WHEN 'village' THEN village_id =
            (SELECT nullif(current_setting('binhyen.unit', true), '')::uuid)
          ELSE false END)
    $policy$, 'by_place_' || lower(command), of_table, command, for_roles);
  END LOOP;
  EXECUTE format('CREATE POLICY seen_by_owner ON %s FOR SELECT TO CURRENT_USER USING (true)',
                 of_table);
  EXECUTE format('CREATE POLICY placed_by_owner ON %s FOR UPDATE TO CURRENT_USER USING (true)',
                 of_table);
END $$
"""

# Nobody writes in another's name. Where nobody has come in, only the system writes, which has no
# session; and whoever is just coming in, or being shown out.
POLICIES = (
    "SELECT protect_by_place('audit_entry', '{auditor}')",
    "CREATE POLICY in_own_name ON audit_entry FOR INSERT WITH CHECK ("
    "CASE WHEN nullif(current_setting('binhyen.subject', true), '') IS NULL "
    "THEN session_id IS NULL OR act = 'security' "
    "ELSE subject = current_setting('binhyen.subject', true) END)",
    "CREATE POLICY exported ON audit_entry FOR SELECT TO binhyen_auditor USING (true)",
    "CREATE POLICY sealed ON audit_entry FOR SELECT TO binhyen_sealer USING (true)",
)
GONE = ("by_place_select", "seen_by_owner", "placed_by_owner", "in_own_name", "exported", "sealed")


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    for role in ROLES:
        op.execute(MAKE_ROLE.format(role=role))
        op.execute(JOIN_ROLE.format(role=role))
    _make_chain()
    op.add_column("audit_entry", sa.Column("detail", sa.String(), nullable=True))
    for name, columns in (
        ("ix_audit_entry_resource_and_id", ["resource", "id"]),
        ("ix_audit_entry_district_id_id", ["district_id", "id"]),
    ):
        op.create_index(name, "audit_entry", columns, unique=False)
    op.create_index(
        "ix_audit_entry_recorded_at", "audit_entry", ["recorded_at"], postgresql_using="brin"
    )
    op.execute("INSERT INTO audit_waiting SELECT id FROM audit_entry")
    for made in (WAIT, WAITS, PLACE_RECORDS, PROTECT, *POLICIES):
        op.execute(made)
    op.execute("REVOKE ALL ON FUNCTION place_records, protect_by_place, audit_wait FROM PUBLIC")


def _make_chain() -> None:
    op.create_table(
        "audit_link",
        sa.Column("position", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("entry_id", sa.Uuid(), nullable=False),
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["entry_id"], ["audit_entry.id"], name=op.f("fk_audit_link_entry_id_audit_entry")
        ),
        sa.PrimaryKeyConstraint("position", name=op.f("pk_audit_link")),
        sa.UniqueConstraint("entry_id", name=op.f("uq_audit_link_entry_id")),
    )
    op.create_table(
        "audit_seal",
        sa.Column("position", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("entries", sa.Integer(), nullable=False),
        sa.Column("head", sa.LargeBinary(), nullable=False),
        sa.Column("signature", sa.LargeBinary(), nullable=False),
        sa.Column("key_id", sa.String(length=100), nullable=False),
        sa.Column("sealed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["position"], ["audit_link.position"], name=op.f("fk_audit_seal_position_audit_link")
        ),
        sa.PrimaryKeyConstraint("position", name=op.f("pk_audit_seal")),
    )
    op.create_table(
        "audit_waiting",
        sa.Column("entry_id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("entry_id", name=op.f("pk_audit_waiting")),
    )


def downgrade() -> None:
    """The roles stay: other databases of this server may live by them."""
    op.execute("SET LOCAL lock_timeout = '5s'")
    for name in GONE:
        op.execute(f"DROP POLICY {name} ON audit_entry")
    op.execute("ALTER TABLE audit_entry NO FORCE ROW LEVEL SECURITY")
    op.execute("ALTER TABLE audit_entry DISABLE ROW LEVEL SECURITY")
    op.execute("DROP TRIGGER audit_wait ON audit_entry")
    op.execute("DROP FUNCTION audit_wait, place_records, protect_by_place")
    for index in ("recorded_at", "district_id_id", "resource_and_id"):
        op.drop_index(f"ix_audit_entry_{index}", table_name="audit_entry")
    op.drop_column("audit_entry", "detail")
    for table in ("audit_waiting", "audit_seal", "audit_link"):
        op.drop_table(table)
