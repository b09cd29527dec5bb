-- Writes down where units lie on each day.
CREATE FUNCTION date_units(only_units uuid[] DEFAULT NULL) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
  WITH fresh AS MATERIALIZED (
    SELECT * FROM dated_places(only_units)
  ), gone AS (
    DELETE FROM unit_place p WHERE (only_units IS NULL OR p.unit_id = ANY (only_units))
      AND NOT EXISTS (
        SELECT FROM fresh f WHERE (f.unit_id, f.valid_from) = (p.unit_id, p.valid_from)
        AND (f.valid_to, f.province_id, f.district_id, f.commune_id, f.village_id)
          IS NOT DISTINCT FROM
          (p.valid_to, p.province_id, p.district_id, p.commune_id, p.village_id))
    RETURNING p.unit_id
  )
  INSERT INTO unit_place (unit_id, valid_from, valid_to, province_id, district_id, commune_id,
    village_id)
  SELECT f.* FROM fresh f
  WHERE (SELECT count(*) FROM gone) >= 0  -- these first: they would overlap
    AND NOT EXISTS (
      SELECT FROM unit_place p WHERE (f.unit_id, f.valid_from) = (p.unit_id, p.valid_from)
      AND (f.valid_to, f.province_id, f.district_id, f.commune_id, f.village_id)
        IS NOT DISTINCT FROM
        (p.valid_to, p.province_id, p.district_id, p.commune_id, p.village_id));
END $$;
