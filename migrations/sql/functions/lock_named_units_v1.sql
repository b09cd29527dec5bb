-- The same for units by id, or by code and day: a code may have come to another unit meanwhile.
CREATE FUNCTION lock_named_units(wanted text[], days date[]) RETURNS boolean
LANGUAGE plpgsql AS $$
DECLARE
  held uuid[];
  found uuid[];
BEGIN
  LOOP
    found := ARRAY(SELECT DISTINCT unit_ref(w.name, w.day)
                   FROM unnest(wanted, days) AS w(name, day) ORDER BY 1);
    EXIT WHEN found IS NOT DISTINCT FROM held;
    IF NOT lock_units(found) THEN
      RETURN false;
    END IF;
    held := found;
  END LOOP;
  RETURN true;
END $$;
