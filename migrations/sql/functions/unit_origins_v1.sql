-- Whatever units came from or lie in: themselves, all above them, and the units that went into any
-- of these, with all above those when they ended. The country, which is never excluded, is left out.
CREATE FUNCTION unit_origins(units uuid[], day date DEFAULT today()) RETURNS uuid[]
LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
WITH RECURSIVE reach(id) AS (
  SELECT unnest(units)
  UNION
  SELECT n.id FROM reach r CROSS JOIN LATERAL (
    (SELECT p.parent_id AS id FROM public.unit_parent p
     WHERE p.unit_id = r.id AND p.hierarchy = 'administrative'
       AND p.valid_from <= day AND p.valid_from < p.valid_to
     ORDER BY p.valid_from DESC LIMIT 1)
    UNION ALL
    SELECT e.from_id FROM public.unit_succession e WHERE e.to_id = r.id AND e.effective_on <= day
  ) n
)
SELECT coalesce(array_agg(u.id), '{}') FROM reach r JOIN public.unit u ON u.id = r.id
WHERE u.level <> 'national'
$$;
