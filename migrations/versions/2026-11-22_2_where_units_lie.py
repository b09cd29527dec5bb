"""The view of dated units, the functions that say where a unit lies, the triggers that use them."""

from alembic import op

revision = "20261122_2"
down_revision = "20261122_1"
branch_labels = None
depends_on = None

PLACED = ("model", "model_host")

VIEW = """
CREATE VIEW unit_dated AS
SELECT v.unit_id AS id, u.version, v.level, v.kind, v.code, v.name, v.full_name, v.aliases,
       v.sort_key, v.search_key, v.valid_from, v.valid_to, v.latitude, v.longitude, v.area_km2,
       u.province_id, u.district_id, u.commune_id, u.village_id
FROM unit_version v LEFT JOIN unit u ON u.id = v.unit_id
"""

TODAY = """
CREATE FUNCTION today() RETURNS date LANGUAGE sql STABLE AS
$$ SELECT (now() AT TIME ZONE 'Asia/Ho_Chi_Minh')::date $$
"""

# A unit is named by its id, or by the code that it had on the day.
UNIT_REF = """
CREATE FUNCTION unit_ref(given text, day date) RETURNS uuid LANGUAGE sql STABLE AS $$
SELECT CASE
  WHEN given ~* '^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$' THEN given::uuid
  ELSE (SELECT unit_id FROM unit_version
        WHERE code = given AND valid_from <= day AND valid_to > day) END
$$
"""

# The last parent known on the day: that of a closed unit stays readable.
UNIT_PARENT_AT = """
CREATE FUNCTION unit_parent_at(of_unit uuid, in_hierarchy text, day date) RETURNS uuid
LANGUAGE sql STABLE AS $$
SELECT parent_id FROM unit_parent
WHERE unit_id = of_unit AND hierarchy = in_hierarchy AND valid_from <= day AND valid_from < valid_to
ORDER BY valid_from DESC LIMIT 1
$$
"""

UNIT_ANCESTORS = """
CREATE FUNCTION unit_ancestors(of_unit uuid, in_hierarchy text, day date) RETURNS SETOF uuid
LANGUAGE sql STABLE ROWS 4 AS $$
WITH RECURSIVE up(id) AS (
  SELECT unit_parent_at(of_unit, in_hierarchy, day)
  UNION
  SELECT unit_parent_at(up.id, in_hierarchy, day) FROM up WHERE up.id IS NOT NULL
) SELECT id FROM up WHERE id IS NOT NULL
$$
"""

UNIT_DESCENDANTS = """
CREATE FUNCTION unit_descendants(of_unit uuid, in_hierarchy text, day date) RETURNS SETOF uuid
LANGUAGE sql STABLE AS $$
WITH RECURSIVE down(id) AS (
  SELECT of_unit WHERE of_unit IS NOT NULL
  UNION
  SELECT p.unit_id FROM down JOIN unit_parent p ON p.parent_id = down.id
  WHERE p.hierarchy = in_hierarchy AND p.valid_from <= day AND p.valid_to > day
) SELECT id FROM down
$$
"""

# Where units lie on the map of a day. From a unit that stands on that day the walk goes up; from
# one that has ended it goes on to its successors, from one not yet begun back to its predecessors.
# A unit that ended twice goes where it went the last time.
# Where the walk meets two units of one level, the place at that level is not known: NULL.
UNIT_PLACES = """
CREATE FUNCTION unit_places(day date, only_units uuid[] DEFAULT NULL)
RETURNS TABLE (unit_id uuid, province_id uuid, district_id uuid, commune_id uuid, village_id uuid)
LANGUAGE sql STABLE AS $$
WITH RECURSIVE walk(unit_id, node, stands) AS (
  SELECT u.id, u.id, s.stands FROM unit u CROSS JOIN LATERAL (
    SELECT coalesce(bool_or(v.valid_from <= day AND v.valid_to > day), false) AS stands
    FROM unit_version v WHERE v.unit_id = u.id) s
  WHERE only_units IS NULL OR u.id = ANY (only_units)
  UNION
  SELECT w.unit_id, n.node, s.stands FROM walk w
  CROSS JOIN LATERAL (
    (SELECT p.parent_id AS node FROM unit_parent p
     WHERE w.stands AND p.unit_id = w.node AND p.hierarchy = 'administrative'
       AND p.valid_from <= day AND p.valid_from < p.valid_to
     ORDER BY p.valid_from DESC LIMIT 1)
    UNION ALL
    SELECT e.to_id FROM unit_succession e
    WHERE NOT w.stands AND e.from_id = w.node AND e.effective_on = (
      SELECT max(l.effective_on) FROM unit_succession l
      WHERE l.from_id = w.node AND l.effective_on <= day)
    UNION ALL
    SELECT e.from_id FROM unit_succession e
    WHERE NOT w.stands AND e.to_id = w.node AND e.effective_on > day
      AND NOT EXISTS (
        SELECT FROM unit_version v WHERE v.unit_id = w.node AND v.valid_from <= day)
  ) n
  CROSS JOIN LATERAL (
    SELECT coalesce(bool_or(v.valid_from <= day AND v.valid_to > day), false) AS stands
    FROM unit_version v WHERE v.unit_id = n.node) s
  WHERE n.node IS NOT NULL
), met AS (
  SELECT w.unit_id, u.level, CASE WHEN count(*) = 1 THEN (array_agg(w.node))[1] END AS node
  FROM walk w JOIN unit u ON u.id = w.node WHERE w.stands GROUP BY w.unit_id, u.level
)
SELECT s.id,
  (array_agg(m.node) FILTER (WHERE m.level = 'province'))[1],
  (array_agg(m.node) FILTER (WHERE m.level = 'district'))[1],
  (array_agg(m.node) FILTER (WHERE m.level = 'commune'))[1],
  (array_agg(m.node) FILTER (WHERE m.level = 'village'))[1]
FROM unit s LEFT JOIN met m ON m.unit_id = s.id
WHERE only_units IS NULL OR s.id = ANY (only_units)
GROUP BY s.id
$$
"""

PLACE_UNITS = """
CREATE FUNCTION place_units(only_units uuid[] DEFAULT NULL) RETURNS integer
LANGUAGE plpgsql AS $$
DECLARE moved integer;
BEGIN
  UPDATE unit u SET province_id = p.province_id, district_id = p.district_id,
                    commune_id = p.commune_id, village_id = p.village_id
  FROM unit_places(today(), only_units) p
  WHERE u.id = p.unit_id AND (u.province_id, u.district_id, u.commune_id, u.village_id)
    IS DISTINCT FROM (p.province_id, p.district_id, p.commune_id, p.village_id);
  GET DIAGNOSTICS moved = ROW_COUNT;
  RETURN moved;
END $$
"""

# The shared lock makes a row wait for a reorganisation under way, which holds it alone: else the
# row would keep the place its unit had before.
PLACE_ROW = """
CREATE FUNCTION place_row() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_advisory_xact_lock_shared(7300002);
  SELECT province_id, district_id, commune_id, village_id
  INTO NEW.province_id, NEW.district_id, NEW.commune_id, NEW.village_id
  FROM unit WHERE id = NEW.unit_id;
  RETURN NEW;
END $$
"""


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    for made in (
        VIEW, TODAY, UNIT_REF, UNIT_PARENT_AT, UNIT_ANCESTORS, UNIT_DESCENDANTS, UNIT_PLACES,
        PLACE_UNITS, PLACE_ROW,
    ):  # fmt: skip
        op.execute(made)
    for table in PLACED:
        op.execute(
            f"CREATE TRIGGER place_row BEFORE INSERT OR UPDATE OF unit_id ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION place_row()"
        )


def downgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    for table in PLACED:
        op.execute(f"DROP TRIGGER place_row ON {table}")
    op.execute("DROP FUNCTION place_row, place_units, unit_places, unit_ancestors, unit_parent_at")
    op.execute("DROP FUNCTION unit_ref, unit_descendants, today")
    op.execute("DROP VIEW unit_dated")
