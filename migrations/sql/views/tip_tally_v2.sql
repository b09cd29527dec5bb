-- Tips by the unit that received them and the day, for figures: none has an id, and a row tells no
-- more than that there is one more. Not grouped, and no barrier: the view leaves no tip out, so it
-- has none to hide, and PostgreSQL finds those of a unit and a year by their index. It reads as its
-- owner does, for those who count see no tip.
CREATE OR REPLACE VIEW tip_tally AS
SELECT t.received_unit_id AS unit_id, t.received_on, t.kind, t.category, t.channel,
       t.is_useful, t.outcome, 1::bigint AS tips
FROM tip t;
-- The same by what became of them: resolved in time or late, overdue, or not yet due.
CREATE OR REPLACE VIEW tip_service_tally AS
SELECT t.received_unit_id AS unit_id, t.received_on, CASE
    WHEN t.resolved_on IS NOT NULL AND coalesce(t.resolved_in_time, false) THEN 'resolved_in_time'
    WHEN t.resolved_on IS NOT NULL THEN 'resolved_late'
    WHEN EXISTS (
      SELECT FROM deadline d
      WHERE d.resource = 'tip' AND d.resource_id = t.id AND d.met_at IS NULL
        AND (d.breached_at IS NOT NULL OR d.state IN ('running', 'extended') AND d.due_at <= now())
    ) THEN 'overdue'
    ELSE 'not_yet_due' END AS status, 1::bigint AS tips
FROM tip t;
