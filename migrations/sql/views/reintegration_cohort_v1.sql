-- Returns by the month of release, for each length of follow-up in months, by their outcome within
-- it: of cases, and of what the purge has left of them. No row is one person, and none has an id. It
-- reads as its owner does, for those who count see no case. An event counts in a follow-up where it
-- came before its last month was over; who is no longer followed before that is censored.
CREATE VIEW reintegration_cohort WITH (security_barrier) AS
SELECT e.unit_id, e.release_month, f.follow_up, CASE
    WHEN e.months >= f.follow_up THEN 'not_reoffended'
    WHEN e.reoffended THEN 'reoffended'
    WHEN e.ended THEN 'censored'
    ELSE 'not_yet' END AS outcome, count(*) AS returns
FROM (
  SELECT c.unit_id, date_trunc('month', c.released_on)::date AS release_month,
    greatest(0, extract(year FROM age(coalesce(c.closed_on, today()), c.released_on)) * 12
      + extract(month FROM age(coalesce(c.closed_on, today()), c.released_on)))::integer AS months,
    coalesce(c.closing_basis = 'imprisoned_again', false) AS reoffended,
    c.closed_on IS NOT NULL AS ended
  FROM reintegration_case c WHERE c.expired_on IS NULL AND c.released_on <= today()
  UNION ALL
  SELECT p.province_id, p.release_month, p.months, p.reoffended, true
  FROM reintegration_episode p WHERE p.province_id IS NOT NULL
) e CROSS JOIN (VALUES (6), (12), (24), (36)) f (follow_up)
GROUP BY e.unit_id, e.release_month, f.follow_up, 4;
