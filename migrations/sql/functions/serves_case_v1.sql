-- Whether a case is of an adult, or the caller supports people under 18 too.
CREATE FUNCTION serves_case(wanted uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
SELECT EXISTS (
  SELECT FROM public.reintegration_case c WHERE c.id = wanted AND (NOT c.is_minor
    OR string_to_array(current_setting('binhyen.roles', true), ' ') && '{minor_worker}'::text[]))
$$;
