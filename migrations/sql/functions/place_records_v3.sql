-- Moves records to where their units lie. Callers name units and no values: records are the rows that
-- place_row places, so no other table is touched. Then tips that came to a unit they exclude move on.
CREATE OR REPLACE FUNCTION place_records(only_units uuid[]) RETURNS TABLE (name text, moved bigint)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE placed regclass;
BEGIN
  FOR placed IN
    SELECT c.oid FROM pg_class c JOIN pg_trigger t ON t.tgrelid = c.oid
    WHERE t.tgfoid = 'public.place_row'::regproc AND c.relnamespace = 'public'::regnamespace
      AND NOT c.relispartition ORDER BY c.relname
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
