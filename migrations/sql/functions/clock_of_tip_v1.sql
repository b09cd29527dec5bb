-- A tip carries its first deadline that is not met, as a day. A breach alone changes nothing here:
-- whoever marks it holds the deadline and must not wait for the tip.
CREATE FUNCTION clock_of_tip() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE first record;
BEGIN
  SELECT due_on, rule_code INTO first FROM public.deadline
  WHERE resource = 'tip' AND resource_id = NEW.resource_id AND met_at IS NULL
  ORDER BY due_on, id LIMIT 1;
  UPDATE public.tip SET due_on = coalesce(first.due_on, '9999-01-01'), clock = first.rule_code,
    overdue = overdue AND due_on IS NOT DISTINCT FROM first.due_on
  WHERE id = NEW.resource_id;
  RETURN NULL;
END $$;
