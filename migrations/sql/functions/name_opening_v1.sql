-- Names the emergency openings by which a case was read in the audit entry of the read, whichever
-- way it came: of one case, or of a list that may have shown it.
CREATE FUNCTION name_opening() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE openings text;
BEGIN
  SELECT string_agg(o.id::text, ' ' ORDER BY o.id) INTO openings
  FROM public.reintegration_opening o
  WHERE o.opened_by = NEW.subject AND o.opens_until > public.request_time()
    AND (NEW.resource_id IS NULL OR o.case_id = NEW.resource_id)
    AND NOT EXISTS (
      SELECT FROM public.reintegration_assignment a
      WHERE a.case_id = o.case_id AND a.subject = NEW.subject AND a.ended_on IS NULL);
  IF openings IS NOT NULL THEN
    NEW.detail := concat_ws(' ', NEW.detail, 'openings=' || openings);
  END IF;
  RETURN NEW;
END $$;
