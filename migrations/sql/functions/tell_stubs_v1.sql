-- Updates the stubs of a tip, which lie where its holder cannot see them.
CREATE FUNCTION tell_stubs() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  UPDATE public.tip_stub SET state = NEW.state, outcome = NEW.outcome, version = version + 1,
    changed_at = NEW.changed_at, changed_by = NEW.changed_by
  WHERE tip_id = NEW.id AND (state, outcome) IS DISTINCT FROM (NEW.state, NEW.outcome);
  RETURN NULL;
END $$;
