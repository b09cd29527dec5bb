-- The emergency opening by which the caller reads a case at this moment, or NULL.
CREATE OR REPLACE FUNCTION opening_of_case(wanted uuid) RETURNS uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
SELECT o.id FROM public.reintegration_opening o
JOIN public.reintegration_case c ON c.id = o.case_id
WHERE o.case_id = wanted AND o.opens_until > public.request_time()
  AND o.opened_by = nullif(current_setting('binhyen.subject', true), '')
  AND string_to_array(current_setting('binhyen.roles', true), ' ') && '{case_worker}'::text[]
  AND c.state <> 'closed' AND c.expired_on IS NULL AND public.serves_case(c.id)
  AND public.lies_in_own_place(c.unit_id, c.province_id, c.district_id, c.commune_id)
ORDER BY o.opens_until DESC LIMIT 1
$$;
