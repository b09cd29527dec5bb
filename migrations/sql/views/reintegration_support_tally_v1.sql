-- People in support by the days in which nothing changed for them: whether they have a job, and
-- whether their life is stable. The days of one person never overlap, so that each counts once on
-- any day. No row has an id, and none a word; it reads as its owner does, for those who count see
-- no case. In support: from the first step into support until closing. With a job: a line of
-- support of that kind stands, and was verified. Stable: of residence papers and of work, the
-- newest update says that the need is met, or that there is none.
CREATE VIEW reintegration_support_tally WITH (security_barrier) AS
SELECT p.unit_id, lower(d.days) AS since, upper(d.days) AS until, d.has_job, d.is_stable,
       1::bigint AS people
FROM (
  SELECT c.unit_id, datemultirange(daterange(t.since, c.closed_on)) AS supported,
    coalesce((
      SELECT range_agg(daterange(s.begins_on, s.ends_on)) FROM reintegration_support s
      WHERE s.case_id = c.id AND s.kind = 'job' AND s.verified_on IS NOT NULL
        AND (s.ends_on IS NULL OR s.ends_on > s.begins_on)
    ), '{}') AS job,
    coalesce(n.papers, '{}') * coalesce(n.work, '{}') AS stable
  FROM reintegration_case c
  CROSS JOIN LATERAL (
    SELECT min(x.effective_on) AS since FROM transition x
    WHERE x.resource = 'reintegration_case' AND x.resource_id = c.id
      AND x.to_state = 'supporting'
  ) t
  CROSS JOIN LATERAL (
    SELECT range_agg(daterange(u.since, u.until)) FILTER (WHERE u.pathway = 'residence_papers')
             AS papers,
           range_agg(daterange(u.since, u.until)) FILTER (WHERE u.pathway = 'work') AS work
    FROM (
      SELECT o.pathway, o.status, o.recorded_on AS since,
             lead(o.recorded_on) OVER (PARTITION BY o.pathway ORDER BY o.id) AS until
      FROM reintegration_need o WHERE o.case_id = c.id
    ) u
    WHERE u.status IN ('met', 'none_identified') AND (u.until IS NULL OR u.until > u.since)
  ) n
  WHERE c.expired_on IS NULL AND (c.closed_on IS NULL OR c.closed_on > t.since)
    AND t.since IS NOT NULL
) p CROSS JOIN LATERAL (
  SELECT unnest(p.supported * p.job * p.stable), true, true
  UNION ALL SELECT unnest(p.supported * p.job - p.stable), true, false
  UNION ALL SELECT unnest(p.supported * p.stable - p.job), false, true
  UNION ALL SELECT unnest(p.supported - p.job - p.stable), false, false
) d (days, has_job, is_stable);
