"""Who may touch what of tips: roles, rights and row-level security, table by table.

The intake adds and reads nothing back; an informant reads what his receipt leads to; officers see
the tips of their place and read those they are assigned to; identities are the vault's alone; the
keeper lets go of what has expired.
"""

from alembic import op

revision = "20261122_15"
down_revision = "20261122_14"
branch_labels = None
depends_on = None

ROLES = ("binhyen_informant", "binhyen_vault", "binhyen_keeper")
OLD_ROLES = ("binhyen_intake",)
READ, ADD = "SELECT", "SELECT, INSERT"
CHANGE, ALL = "SELECT, INSERT, UPDATE", "SELECT, INSERT, UPDATE, DELETE"

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
JOIN_ROLE = """
DO $$ BEGIN
  IF NOT (SELECT rolsuper FROM pg_roles WHERE rolname = current_user) THEN
    EXECUTE format('GRANT {role} TO %I', current_user);
  END IF;
EXCEPTION WHEN insufficient_privilege THEN NULL;
END $$
"""

RUNTIME = {
    "tip": "SELECT, UPDATE",
    "tip_assignment": CHANGE,
    "tip_attachment": READ,
    "tip_count": ADD,
    "tip_desk": CHANGE,
    "tip_hold": CHANGE,
    "tip_identity": "",
    "tip_likeness": "SELECT, UPDATE",
    "tip_link": "SELECT, INSERT, DELETE",
    "tip_message": ADD,
    "tip_receipt": "",
    "tip_redaction": ADD,
    "tip_stub": "SELECT, UPDATE",
    "tip_text": "SELECT, UPDATE",
    "tip_transfer": CHANGE,
    "identity_request": CHANGE,
    "kept_receipt": "SELECT, DELETE",
    "retention_rule": CHANGE,
    "spent_work": "SELECT, DELETE",
}
# The map and the law it needs to find its way; of tips nothing but adding.
INTAKE = {
    **dict.fromkeys(
        (
            "unit", "unit_version", "unit_parent", "unit_succession", "unit_dated", "calendar",
            "calendar_day", "deadline_rule", "deadline_extension_step", "tip_desk",
        ),
        READ,
    ),
    "tip": "INSERT",
    "tip_attachment": "INSERT",
    "tip_count": ADD,
    "tip_identity": "INSERT",
    "tip_likeness": "INSERT",
    "tip_message": "INSERT",
    "tip_receipt": "INSERT",
    "tip_text": "INSERT",
    "kept_receipt": "INSERT",
    "spent_work": "INSERT",
    "deadline": "INSERT",
    "deadline_event": "INSERT",
    "outbox": "INSERT",
}  # fmt: skip
INFORMANT = dict.fromkeys(
    ("tip", "tip_receipt", "tip_text", "tip_message", "tip_attachment", "identity_request"), READ
)
VAULT = {
    "tip": READ,
    "tip_assignment": READ,
    "tip_identity": READ,
    "identity_request": "SELECT, UPDATE",
    "unit": READ,
    "audit_entry": "INSERT",
    "outbox": "INSERT",
    "transition": "INSERT",
}
KEEPER = {
    "tip": "SELECT, UPDATE",
    "tip_hold": READ,
    "tip_stub": READ,
    "retention_rule": READ,
    "unit": READ,
    "outbox": "SELECT, INSERT, DELETE",
    "audit_entry": "INSERT",
    "transition": "INSERT",
    **dict.fromkeys(
        (
            "tip_receipt", "tip_text", "tip_message", "tip_attachment", "tip_redaction",
            "tip_likeness", "tip_identity", "tip_assignment", "tip_link", "tip_transfer",
            "identity_request", "kept_receipt", "deadline", "deadline_event",
        ),
        "SELECT, DELETE",
    ),
}  # fmt: skip
GRANTS = {
    "binhyen_runtime": RUNTIME,
    "binhyen_intake": INTAKE,
    "binhyen_informant": INFORMANT,
    "binhyen_vault": VAULT,
    "binhyen_keeper": KEEPER,
}
KEY_OF_INFORMANT = "GRANT SELECT (tip_id, public_key) ON tip_receipt TO binhyen_runtime"

# A tip lies where it is held: not in villages, which are too close; the country sees only its own.
PROTECT = """
CREATE FUNCTION protect_tips(of_table regclass, commands text[]) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE command text;
BEGIN
  FOREACH command IN ARRAY commands LOOP
    EXECUTE format($policy$
      CREATE POLICY %I ON %s FOR %s TO binhyen_runtime USING (
        (SELECT string_to_array(current_setting('binhyen.roles', true), ' ')
                && '{tip_officer,investigator}'::text[])
        AND CASE (SELECT current_setting('binhyen.level', true))
          WHEN 'national' THEN unit_id =
            (SELECT nullif(current_setting('binhyen.unit', true), '')::uuid)
          WHEN 'province' THEN province_id =
            (SELECT nullif(current_setting('binhyen.unit', true), '')::uuid)
          WHEN 'district' THEN district_id =
            (SELECT nullif(current_setting('binhyen.unit', true), '')::uuid)
          WHEN 'commune' THEN commune_id =
            (SELECT nullif(current_setting('binhyen.unit', true), '')::uuid)
          ELSE false END)
    $policy$, 'by_place_' || lower(command), of_table, command);
  END LOOP;
END $$
"""
PROTECTED = (
    "tip", "tip_assignment", "tip_attachment", "tip_hold", "tip_identity", "tip_likeness",
    "tip_link", "tip_message", "tip_receipt", "tip_redaction", "tip_stub", "tip_text",
    "tip_transfer", "identity_request",
)  # fmt: skip
SEEN = "EXISTS (SELECT FROM tip WHERE tip.id = {table}.tip_id)"
BOTH_SEEN = SEEN + " AND EXISTS (SELECT FROM tip WHERE tip.id = {table}.other_id)"
ASSIGNED = (
    "EXISTS (SELECT FROM tip_assignment a WHERE a.tip_id = {table}.tip_id AND a.ended_on IS NULL "
    "AND a.subject = (SELECT current_setting('binhyen.subject', true)))"
)
# The tip that the receipt of this transaction leads to, if it leads to one.
OF_RECEIPT = """
CREATE FUNCTION tip_of_receipt() RETURNS uuid LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT tip_id FROM public.tip_receipt
  WHERE lookup = decode(nullif(current_setting('binhyen.receipt', true), ''), 'hex')
$$
"""
OWN = "{column} = (SELECT tip_of_receipt())"

# table, name, command, role, test
POLICIES = (
    *((t, "seen", c, "runtime", SEEN) for t, commands in {
        "tip_assignment": ("SELECT", "INSERT", "UPDATE"),
        "tip_hold": ("SELECT", "INSERT", "UPDATE"),
        "tip_likeness": ("SELECT",),
        "tip_receipt": ("SELECT",),
        "tip_transfer": ("SELECT", "INSERT", "UPDATE"),
        "tip_stub": ("UPDATE",),
        "identity_request": ("INSERT",),
    }.items() for c in commands),
    *(("tip_link", "seen", c, "runtime", BOTH_SEEN) for c in ("SELECT", "INSERT", "DELETE")),
    *((t, "assigned", c, "runtime", ASSIGNED) for t, commands in {
        "tip_text": ("SELECT", "UPDATE"),
        "tip_likeness": ("UPDATE",),
        "tip_attachment": ("SELECT",),
        "tip_message": ("SELECT", "INSERT"),
        "tip_redaction": ("SELECT", "INSERT"),
    }.items() for c in commands),
    *((t, "taken_in", "INSERT", "intake", "true") for t in INTAKE
      if t in PROTECTED),
    ("tip", "own", "SELECT", "informant", OWN.format(column="id")),
    *((t, "own", "SELECT", "informant", OWN.format(column="tip_id"))
      for t in (
          "tip_receipt", "tip_text", "tip_message", "tip_attachment", "identity_request",
      )),
    *((t, "vault", "ALL", "vault", "true") for t in VAULT if t in PROTECTED),
    *((t, "keeper", "ALL", "keeper", "true") for t in KEEPER if t in PROTECTED),
)  # fmt: skip
# The owner takes rows along to where their units lie, and carries out what his functions do.
OWNED = ("tip", "tip_transfer", "tip_stub", "identity_request")
OWNER = (
    *((t, command) for t in OWNED for command in ("SELECT", "UPDATE", "INSERT")),
    ("tip_receipt", "SELECT"),
)


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    for role in ROLES:
        op.execute(MAKE_ROLE.format(role=role))
        op.execute(JOIN_ROLE.format(role=role))
        op.execute(f"GRANT USAGE ON SCHEMA public TO {role}")
    for role, tables in GRANTS.items():
        for table, rights in tables.items():
            if rights:
                op.execute(f"GRANT {rights} ON {table} TO {role}")
    op.execute(KEY_OF_INFORMANT)
    op.execute(PROTECT)
    op.execute(OF_RECEIPT)
    op.execute("REVOKE ALL ON FUNCTION tip_of_receipt FROM PUBLIC")
    op.execute("GRANT EXECUTE ON FUNCTION tip_of_receipt TO binhyen_informant")
    op.execute("REVOKE ALL ON FUNCTION protect_tips FROM PUBLIC")
    for table in PROTECTED:
        op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
        op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
    for table, commands in {
        "tip": "{SELECT,UPDATE}", "tip_transfer": "{SELECT,UPDATE}", "tip_stub": "{SELECT}",
    }.items():  # fmt: skip
        op.execute(f"SELECT protect_tips('{table}', '{commands}')")
    op.execute(
        "SELECT protect_by_place('identity_request', "
        "'{tip_officer,investigator,identity_custodian}', '{SELECT,UPDATE}')"
    )
    for table, name, command, role, test in POLICIES:
        _allow(table, f"{name}_{command.lower()}", command, f"binhyen_{role}", test)
    for table, command in OWNER:
        _allow(table, f"owner_{command.lower()}", command, "CURRENT_USER", "true")


def _allow(table: str, name: str, command: str, role: str, test: str) -> None:
    told = test.format(table=table)
    using = {"SELECT": f"USING ({told})", "INSERT": f"WITH CHECK ({told})"}
    how = using.get(command, f"USING ({told})")
    op.execute(f"CREATE POLICY {name} ON {table} FOR {command} TO {role} {how}")


def downgrade() -> None:
    """The roles stay: other databases of this server may live by them."""
    op.execute("SET LOCAL lock_timeout = '5s'")
    for table in PROTECTED:
        op.execute(
            f"DO $$ DECLARE p text; BEGIN FOR p IN SELECT policyname FROM pg_policies "
            f"WHERE tablename = '{table}' AND schemaname = 'public' LOOP "
            f"EXECUTE format('DROP POLICY %I ON {table}', p); END LOOP; END $$"
        )
        op.execute(f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY")
        op.execute(f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY")
    op.execute("DROP FUNCTION protect_tips, tip_of_receipt")
    op.execute("REVOKE ALL (tip_id, public_key) ON tip_receipt FROM binhyen_runtime")
    for role, tables in GRANTS.items():
        op.execute(f"REVOKE ALL ON {', '.join(tables)} FROM {role}")
    for role in ROLES:
        op.execute(f"REVOKE USAGE ON SCHEMA public FROM {role}")
