-- The unit whose end keeps somebody out, with its successors: their grant for it waits since.
CREATE FUNCTION ended_unit_of(holder text, unit uuid DEFAULT NULL) RETURNS json
LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
SELECT json_build_object('name', v.full_name, 'ended_on', v.valid_to, 'successors', coalesce((
    SELECT json_agg(json_build_object(
      'id', s.unit_id, 'code', s.code, 'name', s.full_name, 'is_main', s.is_main))
    FROM public.standing_successors(ARRAY[g.unit_id]) s), '[]'::json))
FROM public.role_grant g JOIN public.unit_version v ON v.unit_id = g.unit_id
WHERE g.state = 'waiting' AND holder IN (g.account_id::text, g.client_id::text)
  AND (unit IS NULL OR g.unit_id = unit) AND v.valid_to <= public.today()
ORDER BY v.valid_to DESC, g.id LIMIT 1
$$;
