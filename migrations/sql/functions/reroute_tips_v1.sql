-- Moves tips that the map as it is today has brought to a unit they exclude to the nearest superior
-- that they do not exclude. Assignments and open offers end; what goes with the tip goes along. The
-- caller learns nothing: the log of each lies with its new holder.
CREATE FUNCTION reroute_tips() RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  moved record;
  who text := coalesce(nullif(current_setting('binhyen.subject', true), ''), 'system');
  acting uuid := nullif(current_setting('binhyen.unit', true), '')::uuid;
BEGIN
  PERFORM FROM public.tip WHERE excluded <> '{}' AND expired_on IS NULL LIMIT 1;
  IF NOT FOUND THEN RETURN; END IF;
  IF coalesce(current_setting('binhyen.exclusion_key', true), '') = '' THEN
    RAISE EXCEPTION 'tips name excluded units, and this transaction has no key to them'
    USING ERRCODE = 'insufficient_privilege';
  END IF;
  FOR moved IN
    SELECT t.id, m.to_unit, t.state, t.version + 1 AS version
    FROM public.excluded_moves(public.today()) m JOIN public.tip t ON t.id = m.tip_id
    ORDER BY t.id FOR UPDATE OF t
  LOOP
    UPDATE public.tip SET unit_id = moved.to_unit, version = moved.version, changed_at = now(),
      changed_by = 'system' WHERE id = moved.id;
    UPDATE public.deadline SET unit_id = moved.to_unit
      WHERE resource = 'tip' AND resource_id = moved.id;
    UPDATE public.identity_request SET unit_id = moved.to_unit WHERE tip_id = moved.id;
    UPDATE public.tip_assignment SET ended_on = public.today()
      WHERE tip_id = moved.id AND ended_on IS NULL;
    UPDATE public.tip_transfer SET state = 'withdrawn', answered_on = public.today(),
      version = version + 1, changed_at = now(), changed_by = 'system'
      WHERE tip_id = moved.id AND state = 'offered';
    INSERT INTO public.transition (id, resource, resource_id, action, from_state, to_state,
      effective_on, recorded_by, client)
    VALUES (gen_random_uuid(), 'tip', moved.id, 'reroute', moved.state, moved.state,
      public.today(), 'system', 'binhyen');
    INSERT INTO public.outbox (id, recorded_at, resource, resource_id, act, version, fields, unit_id)
    VALUES (gen_random_uuid(), now(), 'tip', moved.id, 'change', moved.version, '{unit_id}',
      moved.to_unit);
    INSERT INTO public.audit_entry (id, act, operation, resource, resource_id, fields, detail,
      subject, client, roles, actor_unit_id, unit_id)
    VALUES (gen_random_uuid(), 'change', 'reorganisation:commit', 'tip', moved.id, '{unit_id}',
      'rerouted: excluded unit', who, 'binhyen', '{}', acting, moved.to_unit);
  END LOOP;
END $$;
