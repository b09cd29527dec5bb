-- The units that a person or a system belongs to: their own, those of the roles they have now, and
-- where those units have gone since.
CREATE FUNCTION subject_units(subject text) RETURNS uuid[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
WITH holder AS (
  SELECT CASE WHEN subject ~ '^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$'
              THEN subject::uuid END AS id
)
SELECT public.unit_heirs(coalesce(array_agg(own.unit_id), '{}')) FROM holder h CROSS JOIN LATERAL (
  SELECT a.unit_id FROM public.account a WHERE a.id = h.id
  UNION SELECT c.unit_id FROM public.client c WHERE c.id = h.id
  UNION SELECT g.unit_id FROM public.role_grant g
  WHERE (g.account_id = h.id OR g.client_id = h.id) AND g.state IN ('active', 'waiting')
    AND (g.expires_at IS NULL OR g.expires_at > now())
) own
$$;
