-- The tips that the map of a day brings to a unit they exclude, and the nearest superior of it that
-- they do not exclude: the country, where they exclude all below.
CREATE FUNCTION excluded_moves(day date, only_units uuid[] DEFAULT NULL)
RETURNS TABLE (tip_id uuid, to_unit uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
WITH held AS MATERIALIZED (
  SELECT t.id, t.excluded, t.unit_id FROM public.tip t
  WHERE t.excluded <> '{}' AND t.expired_on IS NULL
    AND (only_units IS NULL OR t.unit_id = ANY (only_units))
), place AS MATERIALIZED (
  SELECT p.unit_id, v.height, v.unit, public.unit_origins(ARRAY[v.unit], day) AS origins
  FROM public.unit_places(day, ARRAY(SELECT DISTINCT h.unit_id FROM held h)) p
  CROSS JOIN LATERAL (VALUES (1, p.commune_id), (2, p.district_id), (3, p.province_id))
    AS v(height, unit)
  WHERE v.unit IS NOT NULL
), step AS (
  SELECT h.id, p.height, p.unit, public.is_excluded(h.id, h.excluded, p.origins) AS barred,
    row_number() OVER (PARTITION BY h.id ORDER BY p.height) AS number
  FROM held h JOIN place p ON p.unit_id = h.unit_id
)
SELECT s.id, coalesce(
  (SELECT o.unit FROM step o WHERE o.id = s.id AND NOT o.barred ORDER BY o.height LIMIT 1),
  (SELECT c.id FROM public.unit c WHERE c.level = 'national' LIMIT 1))
FROM step s WHERE s.number = 1 AND s.barred
$$;
