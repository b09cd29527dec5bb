-- Events of deadlines are only ever added; but they record to the second when an informant came,
-- and are deleted with the content of an expired tip.
CREATE FUNCTION keep_deadline_event() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' AND current_user = 'binhyen_keeper' THEN RETURN OLD; END IF;
  RAISE EXCEPTION 'deadline_event is only ever added to';
END $$;
