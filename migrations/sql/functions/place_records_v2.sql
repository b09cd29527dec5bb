-- Moves records to where their units lie. Callers name units and no values: the tables are found by
-- their columns. Then tips that came to a unit they exclude move on.
CREATE OR REPLACE FUNCTION place_records(only_units uuid[]) RETURNS TABLE (name text, moved bigint)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE placed regclass;
BEGIN
  FOR placed IN
    SELECT c.oid FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
    WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p')
      AND NOT c.relispartition AND NOT a.attisdropped AND a.attname
      IN ('unit_id', 'province_id', 'district_id', 'commune_id', 'village_id')
    GROUP BY c.oid, c.relname HAVING count(*) = 5 ORDER BY c.relname
  LOOP
    EXECUTE format(
      'UPDATE %s r SET province_id = u.province_id, district_id = u.district_id, '
      'commune_id = u.commune_id, village_id = u.village_id FROM public.unit u '
      'WHERE r.unit_id = u.id AND u.id = ANY ($1) AND '
      '(r.province_id, r.district_id, r.commune_id, r.village_id) IS DISTINCT FROM '
      '(u.province_id, u.district_id, u.commune_id, u.village_id)', placed) USING only_units;
    GET DIAGNOSTICS moved = ROW_COUNT;
    name := placed::text;
    RETURN NEXT;
  END LOOP;
  PERFORM public.reroute_tips();
END $$;
