-- Numbers of tips by the unit that received them and the day, for figures: no row is one tip, and
-- none has an id. It reads as its owner does, for those who count see no tip.
CREATE VIEW tip_tally WITH (security_barrier) AS
SELECT t.received_unit_id AS unit_id, t.received_on, t.kind, t.category, t.channel,
       t.is_useful, t.outcome, count(*) AS tips
FROM tip t
GROUP BY t.received_unit_id, t.received_on, t.kind, t.category, t.channel, t.is_useful, t.outcome;
-- The same by what became of them: resolved in time or late, overdue, or not yet due.
CREATE VIEW tip_service_tally WITH (security_barrier) AS
SELECT s.unit_id, s.received_on, s.status, count(*) AS tips
FROM (
  SELECT t.received_unit_id AS unit_id, t.received_on, CASE
      WHEN t.resolved_on IS NOT NULL AND coalesce(t.resolved_in_time, false) THEN 'resolved_in_time'
      WHEN t.resolved_on IS NOT NULL THEN 'resolved_late'
      WHEN EXISTS (
        SELECT FROM deadline d
        WHERE d.resource = 'tip' AND d.resource_id = t.id AND d.met_at IS NULL
          AND (d.breached_at IS NOT NULL OR d.state IN ('running', 'extended') AND d.due_at <= now())
      ) THEN 'overdue'
      ELSE 'not_yet_due' END AS status
  FROM tip t
) s
GROUP BY s.unit_id, s.received_on, s.status;
GRANT SELECT ON tip_tally, tip_service_tally TO binhyen_runtime;
