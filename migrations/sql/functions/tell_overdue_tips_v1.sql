-- Marks tips as overdue by the day, on the day after: the hour would show when an informant came.
CREATE FUNCTION tell_overdue_tips(day date) RETURNS integer LANGUAGE sql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
  WITH late AS (
    UPDATE public.tip SET overdue = true WHERE due_on < day AND NOT overdue
    RETURNING id, version, unit_id
  ), told AS (
    INSERT INTO public.outbox
      (id, recorded_at, resource, resource_id, act, version, fields, unit_id)
    SELECT gen_random_uuid(), day::timestamp AT TIME ZONE 'Asia/Ho_Chi_Minh', 'tip', id,
      'change', version, '{overdue}', unit_id FROM late
    RETURNING 1
  ) SELECT count(*)::integer FROM told
$$;
