-- The cases that are being supported, for the clock that begins a quarter: ids, and who holds them.
CREATE FUNCTION cases_in_support() RETURNS TABLE (id uuid, unit_id uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
SELECT c.id, c.unit_id FROM public.reintegration_case c
WHERE c.state = 'supporting' AND c.expired_on IS NULL ORDER BY c.id
$$;
