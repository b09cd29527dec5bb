-- Whether a tip excludes units that came from these, for rows that lie where the tip cannot be seen.
CREATE FUNCTION is_tip_excluded(of_tip uuid, origins uuid[]) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
SELECT coalesce((
  SELECT public.is_excluded(t.id, t.excluded, origins) FROM public.tip t WHERE t.id = of_tip), false)
$$;
