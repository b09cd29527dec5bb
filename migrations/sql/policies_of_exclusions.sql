-- Whatever else lets an officer see a row, who comes from a unit that the tip excludes does not. The
-- condition is a part of each policy: a restrictive one would bind the owner, who may be a member of
-- the runtime role, and with it the functions that look for excluded units.
DO $$
DECLARE one record;
BEGIN
  FOR one IN
    SELECT p.polname, c.relname, pg_get_expr(p.polqual, p.polrelid) AS test,
      CASE c.relname
        WHEN 'tip' THEN 'excluded = ''{}'' OR NOT is_excluded(id, excluded, (SELECT actor_origins()))'
        ELSE 'NOT is_tip_excluded(tip_id, (SELECT actor_origins()))' END AS open
    FROM pg_policy p JOIN pg_class c ON c.oid = p.polrelid
    WHERE c.relnamespace = 'public'::regnamespace AND p.polname LIKE 'by_place_%'
      AND c.relname IN ('tip', 'tip_transfer', 'tip_stub', 'identity_request')
  LOOP
    EXECUTE format('ALTER POLICY %I ON %I USING (%s AND (%s))',
                   one.polname, one.relname, one.test, one.open);
  END LOOP;
END $$;
ALTER POLICY seen_insert ON tip_transfer WITH CHECK (
    EXISTS (SELECT FROM tip WHERE tip.id = tip_transfer.tip_id)
    AND NOT is_tip_excluded(tip_id, unit_origins(unit_heirs(ARRAY[unit_id])))
);
ALTER POLICY seen_insert ON tip_assignment WITH CHECK (
    EXISTS (SELECT FROM tip WHERE tip.id = tip_assignment.tip_id)
    AND NOT is_tip_excluded(tip_id, unit_origins(subject_units(subject)))
);

-- The owner ends the assignments of a tip that passes by an excluded unit.
CREATE POLICY owner_select ON tip_assignment FOR SELECT TO CURRENT_USER USING (true);
CREATE POLICY owner_update ON tip_assignment FOR UPDATE TO CURRENT_USER USING (true);

REVOKE ALL ON FUNCTION
    actor_origins, count_misplaced, excluded_moves, is_tip_excluded, reroute_tips, subject_units
FROM PUBLIC;
GRANT EXECUTE ON FUNCTION
    actor_origins, count_misplaced, is_tip_excluded, subject_units
TO binhyen_runtime;
