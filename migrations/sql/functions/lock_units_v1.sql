-- Keeps the provinces of units as the map has them until this transaction ends; false where the map is
-- just being changed in one. A unit may move before its province is held: then this looks again.
CREATE FUNCTION lock_units(units uuid[]) RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE
  held uuid[];
  found uuid[];
BEGIN
  LOOP
    found := ARRAY(SELECT DISTINCT province_id FROM unit WHERE id = ANY (units) ORDER BY 1);
    EXIT WHEN found IS NOT DISTINCT FROM held;
    IF EXISTS (SELECT FROM unnest(found) p WHERE NOT lock_province(p)) THEN
      RETURN false;
    END IF;
    held := found;
  END LOOP;
  RETURN true;
END $$;
