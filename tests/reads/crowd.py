"""Tens of thousands of records on the shipped map, written by SQL."""

CROWD = """
ALTER TABLE model DISABLE TRIGGER place_row;
ALTER TABLE model_host DISABLE TRIGGER place_row;
INSERT INTO model (id, type_id, unit_id, name, state, launched_on, at_work, last_active_on,
                   source, reference, search_key,
                   province_id, district_id, commune_id, village_id)
SELECT gen_random_uuid(), t.id, u.id, 'Mô hình ' || n,
       CASE WHEN n = 4 THEN 'proposed' ELSE 'launched' END,
       CASE WHEN n < 4 THEN day END,
       CASE WHEN n < 4 THEN datemultirange(daterange(day, NULL)) ELSE '{}' END,
       CASE WHEN n < 4 THEN day END, 'crowd', 'c-' || u.id || n, 'mo hinh ' || n || ' ' || u.id,
       u.province_id, u.district_id, u.commune_id, u.village_id
FROM unit u CROSS JOIN generate_series(1, 4) n CROSS JOIN model_type t
CROSS JOIN LATERAL (SELECT date '2015-01-01' + abs(hashtext(u.id::text)) % 3000 AS day) AS launch
WHERE u.commune_id IS NOT NULL AND t.code = 'ho_an_toan';
INSERT INTO model_host (id, model_id, unit_id, province_id, district_id, commune_id, village_id)
SELECT gen_random_uuid(), id, unit_id, province_id, district_id, commune_id, village_id
FROM model WHERE source = 'crowd';
INSERT INTO auth_session (id, scope, methods, expires_at)
SELECT gen_random_uuid(), '', '{}', now() FROM generate_series(1, 5000);
ALTER TABLE deadline DISABLE TRIGGER place_row;
INSERT INTO deadline (id, resource, resource_id, unit_id, rule_id, rule_code, state, started_at,
                      ends_at, due_at, due_on, acted_at, extensions, paused_seconds, met_at,
                      province_id, district_id, commune_id, village_id)
SELECT gen_random_uuid(), CASE WHEN n % 2 = 0 THEN 'tip' ELSE 'case' END, gen_random_uuid(),
       u.id, r.id, r.code,
       CASE WHEN n = 4 THEN 'running' ELSE 'met' END, t, t, t, t::date, t, 0, 0,
       CASE WHEN n < 4 THEN t END, u.province_id, u.district_id, u.commune_id, u.village_id
FROM unit u CROSS JOIN generate_series(1, 4) n CROSS JOIN deadline_rule r
CROSS JOIN LATERAL (SELECT timestamptz '2026-01-01 00:00+07' + abs(hashtext(u.id::text)) % 300
                    * interval '1 day' AS t) AS moment
WHERE u.commune_id IS NOT NULL AND r.code = 'tip_resolution';
ALTER TABLE team DISABLE TRIGGER place_row;
ALTER TABLE team_member DISABLE TRIGGER place_row;
ALTER TABLE committee DISABLE TRIGGER place_row;
INSERT INTO team (id, kind, unit_id, name, state, established_on, source, search_key,
                  province_id, district_id, commune_id, village_id)
SELECT gen_random_uuid(), 'protection_team', u.id, 'Tổ ' || n,
       CASE WHEN n = 3 THEN 'proposed' ELSE 'established' END,
       CASE WHEN n < 3 THEN date '2024-07-01' END, 'crowd', 'to ' || n || ' ' || u.id,
       u.province_id, u.district_id, u.commune_id, u.village_id
FROM unit u CROSS JOIN generate_series(1, 3) n WHERE u.commune_id IS NOT NULL;
INSERT INTO team_member (id, team_id, unit_id, name, role, state,
                         province_id, district_id, commune_id, village_id)
SELECT gen_random_uuid(), id, unit_id, 'x', 'member', 'active',
       province_id, district_id, commune_id, village_id FROM team WHERE source = 'crowd';
INSERT INTO committee (id, unit_id, scope, code, name, chair_position, size, state, established_on,
                       since, province_id, district_id, commune_id, village_id)
SELECT gen_random_uuid(), u.id, CASE WHEN n = 1 THEN 'crime_138' ELSE 'movement' END, 'c' || u.id,
       'x', 'x', 9, 'established', date '2024-07-01', date '2024-07-01',
       u.province_id, u.district_id, u.commune_id, u.village_id
FROM unit u CROSS JOIN generate_series(1, 2) n WHERE u.commune_id IS NOT NULL;
ALTER TABLE incident DISABLE TRIGGER place_row;
INSERT INTO incident (id, unit_id, form, category, category_group, incident_count,
                      incident_qualifier, involved_qualifier, precision, period_from, period_to,
                      state, source, reference, province_id, district_id, commune_id, village_id)
SELECT gen_random_uuid(), u.id, 'single', CASE WHEN n = 1 THEN 'theft' ELSE 'fire' END, 'x', 1,
       'equal', 'unquantified', 'day', day, day,
       CASE WHEN n = 2 THEN 'verifying' ELSE 'reported' END,
       'crowd', 'c-' || u.id || n, u.province_id, u.district_id, u.commune_id, u.village_id
FROM unit u CROSS JOIN generate_series(1, 4) n
CROSS JOIN LATERAL (SELECT date '2024-01-01' + abs(hashtext(u.id::text || n)) % 900 AS day) AS d
WHERE u.commune_id IS NOT NULL;
ALTER TABLE activity DISABLE TRIGGER place_row;
ALTER TABLE activity_unit DISABLE TRIGGER place_row;
INSERT INTO activity (id, unit_id, kind, state, precision, starts_on, ends_on, source, reference,
                      province_id, district_id, commune_id, village_id)
SELECT gen_random_uuid(), u.id, CASE WHEN n = 1 THEN 'mediation' ELSE 'patrol' END,
       CASE WHEN n = 2 THEN 'verified' ELSE 'held' END, 'day', day, day, 'crowd',
       'c-' || u.id || n, u.province_id, u.district_id, u.commune_id, u.village_id
FROM unit u CROSS JOIN generate_series(1, 4) n
CROSS JOIN LATERAL (SELECT date '2024-01-01' + abs(hashtext(u.id::text || n)) % 900 AS day) AS d
WHERE u.commune_id IS NOT NULL;
INSERT INTO activity_unit (id, activity_id, unit_id, province_id, district_id, commune_id,
                           village_id)
SELECT gen_random_uuid(), id, unit_id, province_id, district_id, commune_id, village_id
FROM activity WHERE source = 'crowd';
"""
