-- The units that stand today and came, at first or later hand, after units that ended: changes of the
-- map on following days, or on one day, are followed to their end. The main one is named first.
CREATE FUNCTION standing_successors(ended uuid[])
RETURNS TABLE (from_id uuid, unit_id uuid, code text, name text, full_name text, is_main boolean)
LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
WITH RECURSIVE line(origin, id, main) AS (
  SELECT e.from_id, e.to_id, e.is_main FROM public.unit_succession e
  WHERE e.from_id = ANY (ended) AND e.effective_on <= public.today()
  UNION
  SELECT l.origin, e.to_id, l.main AND e.is_main
  FROM line l JOIN public.unit_succession e ON e.from_id = l.id
  WHERE e.effective_on <= public.today() AND NOT EXISTS (
    SELECT FROM public.unit_version v
    WHERE v.unit_id = l.id AND v.valid_from <= public.today() AND v.valid_to > public.today())
)
SELECT l.origin, v.unit_id, v.code, v.name, v.full_name, bool_or(l.main)
FROM line l JOIN public.unit_version v ON v.unit_id = l.id
  AND v.valid_from <= public.today() AND v.valid_to > public.today()
WHERE v.unit_id <> l.origin
GROUP BY l.origin, v.unit_id, v.code, v.name, v.full_name, v.sort_key
ORDER BY l.origin, bool_or(l.main) DESC, v.sort_key, v.unit_id
$$;
