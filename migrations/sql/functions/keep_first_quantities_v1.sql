-- Enters the quantities of a new record, named by the trigger: they hold since the record began.
CREATE FUNCTION keep_first_quantities() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE said jsonb := to_jsonb(NEW);
BEGIN
  INSERT INTO quantity (id, recorded_at, resource, resource_id, field, valid_from, value,
    recorded_by)
  SELECT gen_random_uuid(), NEW.created_at, TG_TABLE_NAME, NEW.id, given.field, '-infinity',
    CASE given.value WHEN 'true' THEN 1 ELSE given.value::int END, NEW.created_by
  FROM (SELECT f AS field, said ->> f AS value FROM unnest(TG_ARGV) f) given
  WHERE given.value <> 'false';
  RETURN NULL;
END $$;
