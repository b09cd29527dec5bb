-- Units, and all that they have gone into since.
CREATE FUNCTION unit_heirs(units uuid[]) RETURNS uuid[]
LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
WITH RECURSIVE reach(id) AS (
  SELECT unnest(units)
  UNION
  SELECT e.to_id FROM reach r JOIN public.unit_succession e ON e.from_id = r.id
  WHERE e.effective_on <= public.today()
)
SELECT coalesce(array_agg(id), '{}') FROM reach
$$;
