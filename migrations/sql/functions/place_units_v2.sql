-- Writes down where units lie on each day and, on their rows, where they lie today; returns how many
-- of these moved.
CREATE OR REPLACE FUNCTION place_units(only_units uuid[] DEFAULT NULL) RETURNS integer
LANGUAGE plpgsql AS $$
DECLARE moved integer;
BEGIN
  PERFORM date_units(only_units);
  UPDATE unit u SET province_id = p.province_id, district_id = p.district_id,
                    commune_id = p.commune_id, village_id = p.village_id
  FROM unit_place p
  WHERE u.id = p.unit_id AND p.valid_from <= today() AND p.valid_to > today()
    AND (only_units IS NULL OR u.id = ANY (only_units))
    AND (u.province_id, u.district_id, u.commune_id, u.village_id)
      IS DISTINCT FROM (p.province_id, p.district_id, p.commune_id, p.village_id);
  GET DIAGNOSTICS moved = ROW_COUNT;
  RETURN moved;
END $$;
