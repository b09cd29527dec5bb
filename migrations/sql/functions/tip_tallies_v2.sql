-- Counts of tips by the unit that received them, where it lies today; only counts, for the national
-- level and analysts, who see no tip.
DROP FUNCTION tip_tallies(uuid, date, date, timestamptz);
CREATE FUNCTION tip_tallies(of_unit uuid, first date, last date, at timestamptz)
RETURNS TABLE (commune_id uuid, month date, received bigint, resolved_in_time bigint,
               resolved_late bigint, overdue bigint, not_yet_due bigint, downgraded bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
SELECT s.commune_id, s.month, count(*),
  count(*) FILTER (WHERE s.resolved AND s.in_time),
  count(*) FILTER (WHERE s.resolved AND NOT s.in_time),
  count(*) FILTER (WHERE NOT s.resolved AND s.breached),
  count(*) FILTER (WHERE NOT s.resolved AND NOT s.breached),
  count(*) FILTER (WHERE s.downgraded)
FROM (
  SELECT u.commune_id, date_trunc('month', t.received_on)::date AS month,
    t.downgraded_on IS NOT NULL AS downgraded,
    t.resolved_on IS NOT NULL AS resolved, coalesce(t.resolved_in_time, false) AS in_time,
    EXISTS (
      SELECT FROM public.deadline d
      WHERE d.resource = 'tip' AND d.resource_id = t.id AND d.met_at IS NULL
        AND (d.breached_at IS NOT NULL OR d.state IN ('running', 'extended') AND d.due_at <= at)
    ) AS breached
  FROM public.tip t JOIN public.unit u ON u.id = t.received_unit_id
  WHERE t.received_on BETWEEN first AND last
    AND (of_unit IN (u.province_id, u.district_id, u.commune_id, u.village_id)
         OR (SELECT level = 'national' FROM public.unit WHERE id = of_unit))
) s GROUP BY s.commune_id, s.month
$$;
REVOKE ALL ON FUNCTION tip_tallies FROM PUBLIC;
GRANT EXECUTE ON FUNCTION tip_tallies TO binhyen_runtime;
