-- A country of figures: six villages in each commune of before July 2025, and facts in all of them.
-- {tips}, {activities}, {models} and {teams} are numbers of rows; no trigger runs, so that places
-- are filled here.
SET session_replication_role = replica;
SET synchronous_commit = off;
CREATE TEMP TABLE home AS
SELECT o.unit_id AS old, (SELECT e.to_id FROM unit_succession e
  WHERE e.from_id = o.unit_id AND e.effective_on = '2025-07-01'
  ORDER BY e.is_main DESC, e.to_id LIMIT 1) AS new
FROM unit_version o
WHERE o.level = 'commune' AND o.valid_to = '2025-07-01' AND o.valid_from < o.valid_to;
CREATE TEMP TABLE village AS
SELECT gen_random_uuid() AS id, old, new, n FROM home, generate_series(1, 6) n
WHERE new IS NOT NULL;
INSERT INTO unit (id, level) SELECT id, 'village' FROM village;
INSERT INTO unit_version (id, unit_id, level, kind, name, full_name, aliases, sort_key,
  search_key, valid_from, valid_to, name_key)
SELECT gen_random_uuid(), id, 'village', 'village', 'Thôn ' || n, 'Thôn ' || n, '{{}}',
  'thon ' || n, 'thon ' || n, '-infinity', 'infinity', 'thon ' || n || id FROM village;
INSERT INTO unit_parent (id, unit_id, hierarchy, parent_id, valid_from, valid_to)
SELECT gen_random_uuid(), id, h, old, '-infinity'::date, '2025-07-01'::date
FROM village, unnest(ARRAY['administrative', 'police']) h
UNION ALL
SELECT gen_random_uuid(), id, h, new, '2025-07-01', 'infinity'
FROM village, unnest(ARRAY['administrative', 'police']) h;
ANALYZE unit; ANALYZE unit_version; ANALYZE unit_parent; ANALYZE unit_succession;
SELECT place_units(NULL);
ANALYZE unit; ANALYZE unit_place;
CREATE TEMP TABLE place AS
SELECT u.id AS unit_id, u.province_id, u.district_id, u.commune_id, u.village_id,
  row_number() OVER (ORDER BY u.id) - 1 AS k
FROM unit u JOIN village v ON v.id = u.id WHERE u.province_id IS NOT NULL;
CREATE UNIQUE INDEX ON place (k); ANALYZE place;
CREATE TEMP TABLE load AS SELECT n, p.*, '2019-01-01'::date + (n * 7919 % 2700)::int AS day
FROM generate_series(1::bigint, greatest({tips}, {activities}, {models}, {teams})) n
JOIN place p ON p.k = n * 104729 % (SELECT count(*) FROM place);
ANALYZE load;
INSERT INTO tip (id, unit_id, received_unit_id, about_officials, received_on, channel, kind,
  category, state, has_contact, shared, is_useful, resolved_on, resolved_in_time, due_on,
  province_id, district_id, commune_id)
SELECT gen_random_uuid(), commune_id, commune_id, false, day,
  (ARRAY['online', 'phone', 'post'])[n % 3 + 1], 'crime_report',
  (ARRAY['drugs', 'property', 'traffic'])[n % 3 + 1], 'received', false, '{{}}', n % 4 = 0,
  CASE WHEN n % 10 < 9 THEN day + 5 END, CASE WHEN n % 10 < 9 THEN n % 8 > 0 END, day + 20,
  province_id, district_id, commune_id
FROM load WHERE n <= {tips};
INSERT INTO deadline (id, resource, resource_id, unit_id, rule_id, rule_code, state, started_at,
  ends_at, due_at, due_on, acted_at, extensions, paused_seconds, breached_at, province_id,
  district_id, commune_id)
SELECT gen_random_uuid(), 'tip', t.id, t.unit_id, r.id, r.code, 'breached', t.received_on,
  t.due_on, t.due_on, t.due_on, t.received_on, 0, 0, t.due_on, t.province_id, t.district_id,
  t.commune_id
FROM tip t, (SELECT id, code FROM deadline_rule LIMIT 1) r
WHERE t.channel IN ('online', 'phone', 'post') AND t.resolved_on IS NULL
  AND NOT EXISTS (SELECT FROM deadline d WHERE d.resource_id = t.id);
INSERT INTO activity (id, unit_id, kind, state, precision, starts_on, ends_on, source, reference,
  province_id, district_id, commune_id, village_id)
SELECT uuid, unit_id, (ARRAY['patrol', 'mobilisation', 'pledge'])[n % 3 + 1], 'reported', 'day',
  day, day, 'load', n::text, province_id, district_id, commune_id, village_id
FROM (SELECT *, md5('activity' || n)::uuid AS uuid FROM load WHERE n <= {activities}) l;
INSERT INTO activity_unit (id, activity_id, unit_id, ends_on, province_id, district_id, commune_id,
  village_id)
SELECT gen_random_uuid(), id, unit_id, ends_on, province_id, district_id, commune_id, village_id
FROM activity WHERE source = 'load';
INSERT INTO activity_line (id, activity_id, measure, counting_unit, value, qualifier, day)
SELECT gen_random_uuid(), id,
  CASE kind WHEN 'patrol' THEN 'patrols' WHEN 'pledge' THEN 'households_pledged'
    ELSE 'launch_participations' END, 'turn', length(reference) * 7, 'equal', ends_on
FROM activity WHERE source = 'load';
INSERT INTO incident (id, unit_id, form, category, category_group, incident_count,
  incident_qualifier, involved_count, involved_qualifier, deaths, injured, damage, precision,
  period_from, period_to, state, source, reference, province_id, district_id, commune_id,
  village_id)
SELECT gen_random_uuid(), unit_id, 'single',
  CASE n % 3 WHEN 0 THEN 'traffic_accident' ELSE 'theft' END,
  CASE n % 3 WHEN 0 THEN 'traffic' ELSE 'criminal' END, 1, 'equal', n % 3, 'equal',
  n % 2, n % 4, n % 100, 'day', day, day, 'confirmed', 'load', n::text, province_id, district_id,
  commune_id, village_id
FROM load WHERE n <= {activities} / 5;
INSERT INTO model (id, type_id, unit_id, name, state, pilot, launched_on, at_work,
  last_active_on, households, groups, source, reference, search_key, sort_key, province_id,
  district_id, commune_id, village_id)
SELECT md5('model' || l.n)::uuid, t.id, unit_id, 'Mô hình ' || n, 'launched', n % 50 = 0, day,
  datemultirange(daterange(day, NULL)), day, 10 + n % 40, CASE WHEN n % 5 = 0 THEN 3 END, 'load',
  n::text, 'mo hinh ' || n, 'mo hinh ' || n, province_id, district_id, commune_id, village_id
FROM load l JOIN (SELECT id, row_number() OVER (ORDER BY code) - 1 AS k FROM model_type) t
  ON t.k = n % (SELECT count(*) FROM model_type)
WHERE n <= {models};
INSERT INTO model_host (id, model_id, unit_id, province_id, district_id, commune_id, village_id)
SELECT gen_random_uuid(), id, unit_id, province_id, district_id, commune_id, village_id
FROM model WHERE source = 'load';
INSERT INTO quantity (id, resource, resource_id, field, valid_from, value, recorded_by)
SELECT gen_random_uuid(), 'model', id, f.field, '-infinity', f.value, 'load'
FROM model, LATERAL (VALUES ('households', households), ('groups', groups)) f (field, value)
WHERE source = 'load' AND f.value IS NOT NULL;
INSERT INTO team (id, kind, unit_id, name, state, established_on, counted_size, source, reference,
  search_key, sort_key, name_key, province_id, district_id, commune_id, village_id)
SELECT gen_random_uuid(),
  (ARRAY['protection_team', 'people_security_group', 'mediation_group'])[n % 3 + 1], unit_id,
  'Tổ ' || n, 'established', day, CASE WHEN n % 3 > 0 THEN 5 END, 'load', n::text, 'to ' || n,
  'to ' || n, 'to ' || n, province_id, district_id, commune_id, village_id
FROM load WHERE n <= {teams};
INSERT INTO quantity (id, resource, resource_id, field, valid_from, value, recorded_by)
SELECT gen_random_uuid(), 'team', id, 'counted_size', '-infinity', counted_size, 'load'
FROM team WHERE source = 'load' AND counted_size IS NOT NULL;
INSERT INTO team_member (id, team_id, unit_id, name, role, state, province_id, district_id,
  commune_id, village_id)
SELECT gen_random_uuid(), id, unit_id, 'x', 'member', 'active', province_id, district_id,
  commune_id, village_id
FROM team, generate_series(1, 3) WHERE source = 'load' AND kind = 'protection_team';
INSERT INTO team_term (id, team_id, member_id, role, since, until)
SELECT gen_random_uuid(), team_id, id, 'member', '2019-01-01', 'infinity'
FROM team_member WHERE name = 'x';
