-- Whether the caller may give somebody a part in a case: who has one, who opens it just now, and the
-- superior of one that nobody looks after.
CREATE FUNCTION may_assign_case(wanted uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
SELECT public.has_part_in_case(wanted) OR EXISTS (
  SELECT FROM public.reintegration_case c
  WHERE c.id = wanted
    AND public.lies_in_own_place(c.unit_id, c.province_id, c.district_id, c.commune_id)
    AND (
      string_to_array(current_setting('binhyen.roles', true), ' ') && '{case_worker}'::text[]
        AND c.created_by = current_setting('binhyen.subject', true)
        AND NOT EXISTS (SELECT FROM public.reintegration_assignment a WHERE a.case_id = wanted)
      OR string_to_array(current_setting('binhyen.roles', true), ' ') && '{approver}'::text[]
        AND public.is_case_orphaned(wanted)))
$$;
