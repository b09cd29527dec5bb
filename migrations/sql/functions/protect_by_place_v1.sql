-- Row-level security for a table of placed rows, in one line: the application sees the rows of the
-- unit that its actor serves for, and only in one of these roles; without an actor it sees nothing.
-- The owner still moves rows to where their units lie, as place_records does.
CREATE FUNCTION protect_by_place(of_table regclass, for_roles text[],
                                 commands text[] DEFAULT '{SELECT}') RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE command text;
BEGIN
  EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', of_table);
  EXECUTE format('ALTER TABLE %s FORCE ROW LEVEL SECURITY', of_table);
  FOREACH command IN ARRAY commands LOOP
    EXECUTE format($policy$
      CREATE POLICY %I ON %s FOR %s TO binhyen_runtime USING (
        (SELECT string_to_array(current_setting('binhyen.roles', true), ' ') && %L::text[])
        AND CASE (SELECT current_setting('binhyen.level', true))
          WHEN 'national' THEN true
          WHEN 'province' THEN province_id =
            (SELECT nullif(current_setting('binhyen.unit', true), '')::uuid)
          WHEN 'district' THEN district_id =
            (SELECT nullif(current_setting('binhyen.unit', true), '')::uuid)
          WHEN 'commune' THEN commune_id =
            (SELECT nullif(current_setting('binhyen.unit', true), '')::uuid)
          WHEN 'village' THEN village_id =
            (SELECT nullif(current_setting('binhyen.unit', true), '')::uuid)
          ELSE false END)
    $policy$, 'by_place_' || lower(command), of_table, command, for_roles);
  END LOOP;
  EXECUTE format('CREATE POLICY seen_by_owner ON %s FOR SELECT TO CURRENT_USER USING (true)',
                 of_table);
  EXECUTE format('CREATE POLICY placed_by_owner ON %s FOR UPDATE TO CURRENT_USER USING (true)',
                 of_table);
END $$;
