-- Writes down where units lie today; returns how many moved.
CREATE FUNCTION place_units(only_units uuid[] DEFAULT NULL) RETURNS integer
LANGUAGE plpgsql AS $$
DECLARE moved integer;
BEGIN
  UPDATE unit u SET province_id = p.province_id, district_id = p.district_id,
                    commune_id = p.commune_id, village_id = p.village_id
  FROM unit_places(today(), only_units) p
  WHERE u.id = p.unit_id AND (u.province_id, u.district_id, u.commune_id, u.village_id)
    IS DISTINCT FROM (p.province_id, p.district_id, p.commune_id, p.village_id);
  GET DIAGNOSTICS moved = ROW_COUNT;
  RETURN moved;
END $$;
