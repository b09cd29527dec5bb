-- The case of a number where the caller works, in which they may have no part; whether they have
-- one, and until when it is open to them. One caller at a time asks about one case: of two requests
-- at once, the second sees what the first has opened.
CREATE OR REPLACE FUNCTION case_to_open(number text)
RETURNS TABLE (id uuid, unit_id uuid, closed boolean, has_part boolean, opens_until timestamptz)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  who text := nullif(current_setting('binhyen.subject', true), '');
  roles text[] := string_to_array(current_setting('binhyen.roles', true), ' ');
BEGIN
  IF NOT coalesce(roles && '{case_worker}', false) OR who IS NULL THEN RETURN; END IF;
  PERFORM pg_advisory_xact_lock(hashtextextended(number || who, 7300031));
  RETURN QUERY SELECT c.id, c.unit_id, c.state = 'closed', public.has_part_in_case(c.id),
    (SELECT max(o.opens_until) FROM public.reintegration_opening o
     WHERE o.case_id = c.id AND o.opened_by = who AND o.opens_until > public.request_time())
  FROM public.reintegration_case c
  WHERE c.case_number = number AND c.expired_on IS NULL AND public.serves_case(c.id)
    AND public.lies_in_own_place(c.unit_id, c.province_id, c.district_id, c.commune_id);
END $$;
