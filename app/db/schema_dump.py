"""The schema of a database as text, from its catalogue.

pg_dump would need a binary of the server's own version, and writes each version's own dialect;
this needs a connection, and writes the same text for the same schema on PostgreSQL 15 to 18.
Left out are the schema of the queue, which a test compares with the library's own, what belongs
to extensions, and the privileges of the owner, which come with the objects.
"""

from typing import Any

from app.db.tables.jobs import NOT_OURS

HEAD = "-- The schema that the migrations build. Written by `./run schema`; a test compares.\n"
RELATIONS = f"""
SELECT c.oid, c.relname, c.relkind, c.relowner, c.relacl, c.relrowsecurity, c.relforcerowsecurity
FROM pg_class c
WHERE c.relnamespace = 'public'::regnamespace AND c.relname !~ '^{NOT_OURS}'
  AND c.relname <> 'alembic_version'
  AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_class'::regclass
                  AND d.objid = c.oid AND d.deptype = 'e')
"""
FUNCTIONS = f"""
SELECT p.oid, p.proname, p.proowner, p.proacl,
  format('%s(%s)', p.proname, pg_get_function_identity_arguments(p.oid)) AS called
FROM pg_proc p
WHERE p.pronamespace = 'public'::regnamespace AND p.proname !~ '^{NOT_OURS}'
  AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_proc'::regclass
                  AND d.objid = p.oid AND d.deptype = 'e')
"""
TABLES = f"""
WITH relation AS MATERIALIZED ({RELATIONS}), line AS (
  SELECT r.relname, 1 AS kind, a.attnum AS place, a.attname::text AS name,
    format('%s %s%s%s%s', a.attname, format_type(a.atttypid, a.atttypmod),
      CASE WHEN a.attcollation <> t.typcollation
        THEN (SELECT ' COLLATE ' || quote_ident(collname) FROM pg_collation
              WHERE pg_collation.oid = a.attcollation) END,
      ' DEFAULT ' || pg_get_expr(d.adbin, d.adrelid),
      CASE WHEN a.attnotnull THEN ' NOT NULL' END) AS sql
  FROM relation r JOIN pg_attribute a ON a.attrelid = r.oid JOIN pg_type t ON t.oid = a.atttypid
  LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
  WHERE r.relkind IN ('r', 'p') AND a.attnum > 0 AND NOT a.attisdropped
  UNION ALL
  SELECT r.relname, 2, 0, c.conname,
    format('CONSTRAINT %s %s', c.conname, pg_get_constraintdef(c.oid))
  FROM relation r JOIN pg_constraint c ON c.conrelid = r.oid AND c.contype <> 'n'
)
SELECT format(E'CREATE TABLE %s (\\n    %s\\n);', relname,
  string_agg(sql, E',\\n    ' ORDER BY kind, place, name COLLATE "C")) AS sql
FROM line GROUP BY relname ORDER BY relname
"""
INDEXES = f"""
SELECT pg_get_indexdef(i.indexrelid) || ';' AS sql
FROM ({RELATIONS}) r JOIN pg_index i ON i.indrelid = r.oid
WHERE NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = i.indexrelid AND conrelid = i.indrelid)
ORDER BY i.indexrelid::regclass::text COLLATE "C"
"""
VIEWS = f"""
SELECT format(E'CREATE VIEW %s AS\\n%s', relname, pg_get_viewdef(oid)) AS sql
FROM ({RELATIONS}) r WHERE relkind = 'v' ORDER BY relname
"""
BODIES = f"""
SELECT rtrim(pg_get_functiondef(oid)) || ';' AS sql
FROM ({FUNCTIONS}) f ORDER BY called COLLATE "C"
"""
TRIGGERS = f"""
SELECT pg_get_triggerdef(t.oid) || ';' AS sql
FROM ({RELATIONS}) r JOIN pg_trigger t ON t.tgrelid = r.oid
WHERE NOT t.tgisinternal ORDER BY r.relname, t.tgname
"""
PROTECTED = f"""
SELECT format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY%s;', relname,
  CASE WHEN relforcerowsecurity THEN ', FORCE ROW LEVEL SECURITY' END) AS sql
FROM ({RELATIONS}) r WHERE relrowsecurity ORDER BY relname
"""
POLICIES = f"""
SELECT format(E'CREATE POLICY %s ON %s AS %s FOR %s TO %s%s%s;', p.policyname, p.tablename,
  p.permissive, p.cmd,
  (SELECT string_agg(CASE WHEN role = pg_get_userbyid(r.relowner) THEN 'OWNER' ELSE role END, ', '
   ORDER BY role) FROM unnest(p.roles) AS role),
  E'\\n    USING (' || p.qual || ')', E'\\n    WITH CHECK (' || p.with_check || ')') AS sql
FROM ({RELATIONS}) r JOIN pg_policies p ON p.tablename = r.relname AND p.schemaname = 'public'
ORDER BY p.tablename, p.policyname
"""
GRANTS = f"""
WITH held AS (
  SELECT relname::text AS thing, relowner AS owner, relacl AS acl FROM ({RELATIONS}) r
  UNION ALL
  SELECT format('%s (%s)', relname, attname), relowner, attacl
  FROM ({RELATIONS}) r JOIN pg_attribute a ON a.attrelid = r.oid
  UNION ALL
  SELECT 'FUNCTION ' || called, proowner, coalesce(proacl, acldefault('f', proowner))
  FROM ({FUNCTIONS}) f
  UNION ALL
  SELECT 'SCHEMA public', 10, nspacl FROM pg_namespace WHERE nspname = 'public'
)
SELECT format('GRANT %s ON %s TO %s;', string_agg(a.privilege_type, ', '
    ORDER BY a.privilege_type COLLATE "C"), thing, coalesce(g.rolname, 'PUBLIC')) AS sql
FROM held CROSS JOIN LATERAL aclexplode(acl) a LEFT JOIN pg_roles g ON g.oid = a.grantee
WHERE a.grantee <> owner AND (g.rolname IS NULL OR g.rolname LIKE 'binhyen\\_%')
GROUP BY thing, g.rolname ORDER BY thing COLLATE "C", g.rolname
"""
SECTIONS = {
    "Tables": TABLES,
    "Indexes": INDEXES,
    "Views": VIEWS,
    "Functions": BODIES,
    "Triggers": TRIGGERS,
    "Row-level security": PROTECTED,
    "Policies": POLICIES,
    "Privileges": GRANTS,
}


async def dump_schema(connection: Any) -> str:
    """Write down the schema of the database behind an asyncpg connection."""
    parts = [HEAD]
    for title, question in SECTIONS.items():
        lines = "\n".join(row["sql"] for row in await connection.fetch(question))
        parts.append(f"-- {title}\n{lines}\n")
    return "\n".join(parts)
