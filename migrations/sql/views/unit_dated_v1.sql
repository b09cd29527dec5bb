-- Versions of units with where the units lie today.
CREATE VIEW unit_dated AS
SELECT v.unit_id AS id, u.version, v.level, v.kind, v.code, v.name, v.full_name, v.aliases,
       v.sort_key, v.search_key, v.valid_from, v.valid_to, v.latitude, v.longitude, v.area_km2,
       u.province_id, u.district_id, u.commune_id, u.village_id
FROM unit_version v LEFT JOIN unit u ON u.id = v.unit_id;
