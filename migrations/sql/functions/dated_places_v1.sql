-- Where units lie on the map of each day: what unit_places says of one day, for all days at once. The
-- walk is the same; each step of it holds on the days on which unit_places would take it. Periods of
-- a unit follow on each other without a gap, from the beginning of time to its end.
CREATE FUNCTION dated_places(only_units uuid[] DEFAULT NULL)
RETURNS TABLE (unit_id uuid, valid_from date, valid_to date,
               province_id uuid, district_id uuid, commune_id uuid, village_id uuid)
LANGUAGE sql STABLE AS $$
WITH RECURSIVE asked(id) AS MATERIALIZED (
  SELECT unnest(coalesce(only_units, ARRAY(SELECT u.id FROM unit u)))
), reach(id) AS (
  SELECT a.id FROM asked a
  UNION
  SELECT n.id FROM reach r CROSS JOIN LATERAL (
    SELECT p.parent_id AS id FROM unit_parent p
    WHERE p.unit_id = r.id AND p.hierarchy = 'administrative'
    UNION ALL SELECT e.to_id FROM unit_succession e WHERE e.from_id = r.id
    UNION ALL SELECT e.from_id FROM unit_succession e WHERE e.to_id = r.id) n
), node AS MATERIALIZED (
  SELECT r.id, coalesce(range_agg(daterange(v.valid_from, v.valid_to)), '{}') AS stands,
    coalesce(min(v.valid_from), 'infinity') AS begun
  FROM reach r LEFT JOIN unit_version v ON v.unit_id = r.id GROUP BY r.id
), way AS MATERIALIZED (
  SELECT n.id AS node, p.parent_id AS next, n.stands * daterange(p.valid_from,
    lead(p.valid_from, 1, 'infinity') OVER (PARTITION BY n.id ORDER BY p.valid_from)
  )::datemultirange AS days
  FROM node n JOIN unit_parent p ON p.unit_id = n.id
  WHERE p.hierarchy = 'administrative' AND p.valid_from < p.valid_to
  UNION ALL
  SELECT n.id, e.to_id, daterange(e.effective_on, coalesce(min(e.effective_on) OVER (
    PARTITION BY n.id ORDER BY e.effective_on GROUPS BETWEEN 1 FOLLOWING AND 1 FOLLOWING),
    'infinity'))::datemultirange - n.stands
  FROM node n JOIN unit_succession e ON e.from_id = n.id
  UNION ALL
  SELECT n.id, e.from_id,
    daterange('-infinity', least(e.effective_on, n.begun))::datemultirange - n.stands
  FROM node n JOIN unit_succession e ON e.to_id = n.id
), walk(unit_id, node, days) AS (
  SELECT a.id, a.id, '{[-infinity,infinity)}'::datemultirange FROM asked a
  UNION
  SELECT w.unit_id, y.next, w.days * y.days FROM walk w JOIN way y ON y.node = w.node
  WHERE NOT isempty(w.days * y.days)
), met AS MATERIALIZED (
  SELECT w.unit_id, u.level, w.node, unnest(range_agg(w.days * n.stands)) AS days
  FROM walk w JOIN node n ON n.id = w.node JOIN unit u ON u.id = w.node
  GROUP BY w.unit_id, u.level, w.node
), cut AS (
  SELECT a.id AS unit_id, '-infinity'::date AS day FROM asked a
  UNION SELECT m.unit_id, lower(m.days) FROM met m
  UNION SELECT m.unit_id, upper(m.days) FROM met m WHERE upper(m.days) < 'infinity'
), period AS (
  SELECT c.unit_id, c.day AS since,
    lead(c.day, 1, 'infinity') OVER (PARTITION BY c.unit_id ORDER BY c.day) AS until
  FROM cut c
), placed AS (
  SELECT p.unit_id, p.since, p.until,
    CASE count(*) FILTER (WHERE m.level = 'province')
      WHEN 1 THEN (array_agg(m.node) FILTER (WHERE m.level = 'province'))[1] END AS province,
    CASE count(*) FILTER (WHERE m.level = 'district')
      WHEN 1 THEN (array_agg(m.node) FILTER (WHERE m.level = 'district'))[1] END AS district,
    CASE count(*) FILTER (WHERE m.level = 'commune')
      WHEN 1 THEN (array_agg(m.node) FILTER (WHERE m.level = 'commune'))[1] END AS commune,
    CASE count(*) FILTER (WHERE m.level = 'village')
      WHEN 1 THEN (array_agg(m.node) FILTER (WHERE m.level = 'village'))[1] END AS village
  FROM period p LEFT JOIN met m ON m.unit_id = p.unit_id AND m.days @> p.since
  GROUP BY p.unit_id, p.since, p.until
), turn AS (
  SELECT p.*, row_number() OVER own - row_number() OVER alike AS spell FROM placed p
  WINDOW own AS (PARTITION BY p.unit_id ORDER BY p.since),
    alike AS (PARTITION BY p.unit_id, p.province, p.district, p.commune, p.village
              ORDER BY p.since)
)
SELECT t.unit_id, min(t.since), max(t.until), t.province, t.district, t.commune, t.village
FROM turn t GROUP BY t.unit_id, t.spell, t.province, t.district, t.commune, t.village
$$;
