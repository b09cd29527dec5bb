-- Policies by the place of a tip. A tip lies where it is held: not in villages, which are too close
-- to it; the national level sees only its own.
CREATE FUNCTION protect_tips(of_table regclass, commands text[]) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE command text;
BEGIN
  FOREACH command IN ARRAY commands LOOP
    EXECUTE format($policy$
      CREATE POLICY %I ON %s FOR %s TO binhyen_runtime USING (
        (SELECT string_to_array(current_setting('binhyen.roles', true), ' ')
                && '{tip_officer,investigator}'::text[])
        AND CASE (SELECT current_setting('binhyen.level', true))
          WHEN 'national' THEN unit_id =
            (SELECT nullif(current_setting('binhyen.unit', true), '')::uuid)
          WHEN 'province' THEN province_id =
            (SELECT nullif(current_setting('binhyen.unit', true), '')::uuid)
          WHEN 'district' THEN district_id =
            (SELECT nullif(current_setting('binhyen.unit', true), '')::uuid)
          WHEN 'commune' THEN commune_id =
            (SELECT nullif(current_setting('binhyen.unit', true), '')::uuid)
          ELSE false END)
    $policy$, 'by_place_' || lower(command), of_table, command);
  END LOOP;
END $$;
