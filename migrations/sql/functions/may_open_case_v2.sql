-- Whether the caller may break the glass of a case: a case worker, where an open case lies.
CREATE OR REPLACE FUNCTION may_open_case(wanted uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
SELECT string_to_array(current_setting('binhyen.roles', true), ' ') && '{case_worker}'::text[]
  AND EXISTS (
    SELECT FROM public.reintegration_case c
    WHERE c.id = wanted AND c.state <> 'closed' AND c.expired_on IS NULL AND public.serves_case(c.id)
      AND public.lies_in_own_place(c.unit_id, c.province_id, c.district_id, c.commune_id))
$$;
