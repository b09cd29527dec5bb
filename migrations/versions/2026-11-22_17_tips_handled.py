"""A tip knows which clock is due first, its stubs what became of it, followers when it is late."""

from alembic import op

revision = "20261122_17"
down_revision = "20261122_18"
branch_labels = None
depends_on = None

# The first of its clocks that is not met; only days are told. That a clock has run out changes
# nothing here: whoever marks it so holds the clock, and must not wait for the tip.
CLOCK = """
CREATE FUNCTION clock_of_tip() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE first record;
BEGIN
  SELECT due_on, rule_code INTO first FROM public.deadline
  WHERE resource = 'tip' AND resource_id = NEW.resource_id AND met_at IS NULL
  ORDER BY due_on, id LIMIT 1;
  UPDATE public.tip SET due_on = coalesce(first.due_on, '9999-01-01'), clock = first.rule_code,
    overdue = overdue AND due_on IS NOT DISTINCT FROM first.due_on
  WHERE id = NEW.resource_id;
  RETURN NULL;
END $$
"""
KEPT = """
CREATE TRIGGER clock_of_tip AFTER INSERT OR UPDATE OF due_on, met_at ON deadline
FOR EACH ROW WHEN (NEW.resource = 'tip') EXECUTE FUNCTION clock_of_tip()
"""
# What a unit keeps of a tip that it has handed over lies where its holder cannot see it.
STUBS = """
CREATE FUNCTION tell_stubs() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  UPDATE public.tip_stub SET state = NEW.state, outcome = NEW.outcome, version = version + 1,
    changed_at = NEW.changed_at, changed_by = NEW.changed_by
  WHERE tip_id = NEW.id AND (state, outcome) IS DISTINCT FROM (NEW.state, NEW.outcome);
  RETURN NULL;
END $$
"""
TOLD = """
CREATE TRIGGER tell_stubs AFTER UPDATE OF state, outcome ON tip
FOR EACH ROW EXECUTE FUNCTION tell_stubs()
"""
# What came before a tip was handed over and was not shared stays with whoever had it.
BACK = """
CREATE FUNCTION keep_back() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  NEW.kept_back := NEW.kept_back
    || ARRAY(SELECT id FROM public.tip_message WHERE tip_id = NEW.id
             AND NOT 'messages' = ANY (NEW.shared) AND id <> ALL (NEW.kept_back))
    || ARRAY(SELECT id FROM public.tip_attachment WHERE tip_id = NEW.id
             AND NOT 'attachments' = ANY (NEW.shared) AND id <> ALL (NEW.kept_back));
  RETURN NEW;
END $$
"""
HELD = """
CREATE TRIGGER keep_back BEFORE UPDATE OF unit_id, shared ON tip FOR EACH ROW
WHEN (NEW.unit_id <> OLD.unit_id OR NEW.shared <> OLD.shared) EXECUTE FUNCTION keep_back()
"""
READ_BACK = ("tip_message", "tip_attachment")  # by the owner, to keep their ids
# Late is told by the day, on the day after: the hour would say when somebody came.
LATE = """
CREATE FUNCTION tell_overdue_tips(day date) RETURNS integer LANGUAGE sql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
  WITH late AS (
    UPDATE public.tip SET overdue = true WHERE due_on < day AND NOT overdue
    RETURNING id, version, unit_id
  ), told AS (
    INSERT INTO public.outbox
      (id, recorded_at, resource, resource_id, act, version, fields, unit_id)
    SELECT gen_random_uuid(), day::timestamp AT TIME ZONE 'Asia/Ho_Chi_Minh', 'tip', id,
      'change', version, '{overdue}', unit_id FROM late
    RETURNING 1
  ) SELECT count(*)::integer FROM told
$$
"""
FUNCTIONS = ("clock_of_tip", "tell_stubs", "keep_back", "tell_overdue_tips")


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    for made in (CLOCK, KEPT, STUBS, TOLD, BACK, HELD, LATE):
        op.execute(made)
    for table in READ_BACK:
        op.execute(
            f"CREATE POLICY owner_keeps_back ON {table} FOR SELECT TO CURRENT_USER USING (true)"
        )
    for function in FUNCTIONS:
        op.execute(f"REVOKE ALL ON FUNCTION {function} FROM PUBLIC")
    op.execute("GRANT EXECUTE ON FUNCTION tell_overdue_tips TO binhyen_runtime")


def downgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.execute("DROP TRIGGER clock_of_tip ON deadline")
    op.execute("DROP TRIGGER tell_stubs ON tip")
    op.execute("DROP TRIGGER keep_back ON tip")
    for table in READ_BACK:
        op.execute(f"DROP POLICY owner_keeps_back ON {table}")
    op.execute(f"DROP FUNCTION {', '.join(FUNCTIONS)}")
