-- The imports of the caller, and those of their unit for its administrators: the same as the scope
-- of the service. What has expired is seen by the job that deletes it, which acts for nobody.
CREATE FUNCTION visible_imports() RETURNS SETOF uuid
LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
SELECT i.id FROM public.data_import i,
  (SELECT coalesce(current_setting('binhyen.subject', true), '') AS subject,
     nullif(current_setting('binhyen.unit', true), '')::uuid AS unit,
     current_setting('binhyen.level', true) AS level,
     'unit_admin' = ANY (string_to_array(current_setting('binhyen.roles', true), ' ')) AS admin
  ) caller
WHERE CASE WHEN subject = '' THEN i.expires_at < now()
  ELSE (i.created_by = subject OR admin) AND CASE level
    WHEN 'national' THEN true WHEN 'province' THEN i.province_id = unit
    WHEN 'district' THEN i.district_id = unit WHEN 'commune' THEN i.commune_id = unit
    WHEN 'village' THEN i.village_id = unit ELSE false END
  END
$$;

-- The rows of a file hold whatever somebody wrote into it: names of persons, and cells in error.
ALTER TABLE data_import_row ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE data_import_file ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY with_import ON data_import_row TO binhyen_runtime USING (
    import_id IN (SELECT visible_imports())
);
CREATE POLICY with_import ON data_import_file TO binhyen_runtime USING (
    import_id IN (SELECT visible_imports())
);
CREATE POLICY owner_all ON data_import_row TO CURRENT_USER USING (true);
CREATE POLICY owner_all ON data_import_file TO CURRENT_USER USING (true);
