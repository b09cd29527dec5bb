-- Begins a request: row-level security reads these settings, which are forgotten when the
-- transaction ends. Refuses a session that does not hold.
CREATE FUNCTION enter_request(
  subject text, level text, unit text, roles text, exclusion_key text, at timestamptz,
  session uuid, version int
) RETURNS void LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  PERFORM set_config('binhyen.subject', subject, true), set_config('binhyen.level', level, true),
    set_config('binhyen.unit', unit, true), set_config('binhyen.roles', roles, true),
    set_config('binhyen.exclusion_key', exclusion_key, true),
    set_config('binhyen.at', at::text, true);
  IF NOT EXISTS (SELECT FROM public.auth_session s WHERE s.id = enter_request.session
                 AND s.version = enter_request.version AND s.ended_at IS NULL) THEN
    RAISE EXCEPTION 'the session has ended' USING ERRCODE = 'BY001';
  END IF;
END
$$;
