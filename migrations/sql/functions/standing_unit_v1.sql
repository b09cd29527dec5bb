-- The unit that acts for a unit today: itself while it stands, then the only or the main one of its
-- successors; NULL where it was divided without a main one, or left none.
CREATE FUNCTION standing_unit(wanted uuid) RETURNS uuid
LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
SELECT CASE
  WHEN EXISTS (
    SELECT FROM public.unit_version v
    WHERE v.unit_id = wanted AND v.valid_from <= public.today() AND v.valid_to > public.today())
  THEN wanted
  ELSE (
    SELECT h.unit_id FROM (
      SELECT s.unit_id, s.is_main, count(*) OVER () AS heirs
      FROM public.standing_successors(ARRAY[wanted]) s) h
    WHERE h.is_main OR h.heirs = 1 ORDER BY h.is_main DESC LIMIT 1)
END
$$;
