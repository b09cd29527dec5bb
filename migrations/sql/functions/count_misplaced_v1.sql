-- Counts, by table, the records of these units that the map of a day places elsewhere; only counts,
-- whatever the policies show the caller. Tips that would then pass by a unit they exclude are not
-- counted, nor what belongs to them: the number would say that there are such tips.
CREATE FUNCTION count_misplaced(day date, only_units uuid[])
RETURNS TABLE (name text, many bigint)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  counted record;
  places jsonb := (SELECT coalesce(jsonb_agg(to_jsonb(p)), '[]')
                   FROM public.unit_places(day, only_units) p);
  hidden uuid[] := ARRAY(SELECT m.tip_id FROM public.excluded_moves(day, only_units) m);
  apart text;
BEGIN
  FOR counted IN
    SELECT c.oid::regclass AS of_table, array_agg(a.attname::text) AS has
    FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
    WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p')
      AND NOT c.relispartition AND NOT a.attisdropped
    GROUP BY c.oid, c.relname
    HAVING array_agg(a.attname::text)
      @> '{created_by,unit_id,province_id,district_id,commune_id,village_id}'
    ORDER BY c.relname
  LOOP
    apart := CASE
      WHEN counted.of_table = 'public.tip'::regclass THEN 'r.id <> ALL ($2)'
      WHEN 'tip_id' = ANY (counted.has) THEN 'r.tip_id <> ALL ($2)'
      WHEN counted.has @> '{resource,resource_id}' THEN
        '(r.resource <> ''tip'' OR r.resource_id <> ALL ($2))'
      ELSE 'true' END;
    EXECUTE format(
      'SELECT count(*) FROM %s r JOIN jsonb_to_recordset($1) AS p(unit_id uuid, province_id uuid, '
      'district_id uuid, commune_id uuid, village_id uuid) ON p.unit_id = r.unit_id '
      'WHERE (r.province_id, r.district_id, r.commune_id, r.village_id) IS DISTINCT FROM '
      '(p.province_id, p.district_id, p.commune_id, p.village_id) AND %s',
      counted.of_table, apart) INTO many USING places, hidden;
    name := counted.of_table::text;
    RETURN NEXT;
  END LOOP;
END $$;
