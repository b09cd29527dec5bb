-- Whether nobody who may work on a case has the lead or a part in it: each who had has left, waits
-- for a decision on their role, or has lost it.
CREATE OR REPLACE FUNCTION is_case_orphaned(wanted uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
SELECT NOT EXISTS (
  SELECT FROM public.reintegration_assignment a
  JOIN public.reintegration_case c ON c.id = a.case_id
  JOIN public.account p ON p.id::text = a.subject AND p.disabled_at IS NULL
  JOIN public.role_grant g ON g.account_id = p.id AND g.role = 'case_worker'
    AND g.state = 'active' AND (g.expires_at IS NULL OR g.expires_at > now())
    AND g.unit_id IN (c.unit_id, c.commune_id, c.district_id, c.province_id)
  WHERE a.case_id = wanted AND a.ended_on IS NULL AND a.part <> 'helper'
    AND (NOT c.is_minor OR EXISTS (
      SELECT FROM public.role_grant m WHERE m.account_id = p.id AND m.role = 'minor_worker'
        AND m.state = 'active' AND (m.expires_at IS NULL OR m.expires_at > now())
        AND m.unit_id IN (c.unit_id, c.commune_id, c.district_id, c.province_id))))
$$;
