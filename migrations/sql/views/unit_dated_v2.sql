-- Versions of units with where the units lie today. A voided village stood on no day: on the map
-- its period is empty; here it is shown as it was entered, with the marks.
CREATE OR REPLACE VIEW unit_dated AS
SELECT v.unit_id AS id, u.version, v.level, v.kind, v.code, v.name, v.full_name, v.aliases,
       v.sort_key, v.search_key, v.valid_from,
       CASE WHEN v.voided_at IS NULL THEN v.valid_to ELSE 'infinity' END AS valid_to,
       v.latitude, v.longitude, v.area_km2,
       u.province_id, u.district_id, u.commune_id, u.village_id,
       v.voided_at, v.voided_by, v.void_reason
FROM unit_version v LEFT JOIN unit u ON u.id = v.unit_id;
