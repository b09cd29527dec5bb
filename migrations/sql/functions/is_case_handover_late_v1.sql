-- Whether a case was offered to another unit, and not taken within the time limit.
CREATE FUNCTION is_case_handover_late(wanted uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
SELECT EXISTS (
  SELECT FROM public.deadline d
  WHERE d.resource = 'reintegration_case' AND d.resource_id = wanted
    AND d.rule_code = 'reintegration_handover' AND d.met_at IS NULL AND d.due_on < public.today())
$$;
