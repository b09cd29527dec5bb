-- Places the rows that were entered while the map was being changed around them, as far as it stands
-- by now; returns how many. Then tips that came to a unit they exclude move on; without the key to
-- these units such a tip waits.
CREATE FUNCTION place_late() RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  late record;
  entered uuid;
  done integer := 0;
  tips boolean := false;
  knows boolean := coalesce(current_setting('binhyen.exclusion_key', true), '') <> '';
BEGIN
  FOR late IN
    SELECT * FROM public.place_later ORDER BY of_table, row_id FOR UPDATE SKIP LOCKED
  LOOP
    EXECUTE format('SELECT unit_id FROM %s WHERE id = $1', late.of_table)
      INTO entered USING late.row_id;
    CONTINUE WHEN NOT public.lock_units(ARRAY[entered]);
    CONTINUE WHEN NOT knows AND late.of_table = 'public.tip'::regclass AND EXISTS (
      SELECT FROM public.tip t WHERE t.id = late.row_id AND t.excluded <> '{}');
    EXECUTE format(
      'UPDATE %s r SET province_id = u.province_id, district_id = u.district_id, '
      'commune_id = u.commune_id, village_id = u.village_id FROM public.unit u '
      'WHERE r.id = $1 AND u.id = r.unit_id', late.of_table) USING late.row_id;
    DELETE FROM public.place_later
      WHERE of_table = late.of_table AND row_id = late.row_id;
    done := done + 1;
    tips := tips OR late.of_table = 'public.tip'::regclass;
  END LOOP;
  IF tips AND knows THEN
    PERFORM public.reroute_tips();
  END IF;
  RETURN done;
END $$;
