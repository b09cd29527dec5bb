-- Whether the caller has a part in a case that lies in their place, and is a case worker; of people
-- under 18 as well, where it is one of theirs.
CREATE OR REPLACE FUNCTION has_part_in_case(wanted uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
SELECT string_to_array(current_setting('binhyen.roles', true), ' ') && '{case_worker}'::text[]
  AND EXISTS (
    SELECT FROM public.reintegration_assignment a
    JOIN public.reintegration_case c ON c.id = a.case_id
    WHERE a.case_id = wanted AND a.ended_on IS NULL
      AND (NOT c.is_minor OR 
        string_to_array(current_setting('binhyen.roles', true), ' ') && '{minor_worker}'::text[])
      AND a.subject = nullif(current_setting('binhyen.subject', true), '')
      AND public.lies_in_own_place(c.unit_id, c.province_id, c.district_id, c.commune_id))
$$;
