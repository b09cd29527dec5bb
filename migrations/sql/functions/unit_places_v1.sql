-- Where units lie on the map of a day. From a unit that stands on that day the walk goes up; from
-- one that has ended it goes on to its successors, from one not yet begun back to its predecessors.
-- A unit that ended twice goes where it went the last time.
-- Where the walk meets two units of one level, the place at that level is not known: NULL.
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
$$;
