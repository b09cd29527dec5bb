-- Lets the places of an activity know the day on which it counts, also after a correction, so that
-- the figures of a unit find its activities of a year by one index.
CREATE FUNCTION date_activity_units() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE activity_unit SET ends_on = NEW.ends_on
  WHERE activity_id = NEW.id AND ends_on IS DISTINCT FROM NEW.ends_on;
  RETURN NULL;
END $$;
CREATE TRIGGER date_activity_units AFTER UPDATE OF ends_on ON activity
    FOR EACH ROW WHEN (NEW.ends_on IS DISTINCT FROM OLD.ends_on)
    EXECUTE FUNCTION date_activity_units();
