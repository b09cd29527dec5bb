-- A unit by its id, or by the code that it had on the day.
CREATE FUNCTION unit_ref(given text, day date) RETURNS uuid LANGUAGE sql STABLE AS $$
SELECT CASE
  WHEN given ~* '^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$' THEN given::uuid
  ELSE (SELECT unit_id FROM unit_version
        WHERE code = given AND valid_from <= day AND valid_to > day) END
$$;
