"""Letting go of tips, and counting them: what the keeper may, and counts without the tips."""

from alembic import op

revision = "20261122_19"
down_revision = "20261122_15"
branch_labels = None
depends_on = None

# The clocks of a tip tell to the second when somebody came: they go with what he told.
KEEP = """
CREATE OR REPLACE FUNCTION keep_deadline_event() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  {let_go}RAISE EXCEPTION 'deadline_event is only ever added to';
END $$
"""
LET_GO = """IF TG_OP = 'DELETE' AND current_user = 'binhyen_keeper' THEN RETURN OLD; END IF;
  """

# Whoever adds to a tip waits for whoever lets go of it, and then is too late.
STILL_KEPT = """
CREATE FUNCTION tip_still_kept() RETURNS trigger LANGUAGE plpgsql
SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  PERFORM FROM public.tip WHERE id = NEW.tip_id AND expired_on IS NULL FOR KEY SHARE;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'the tip has expired' USING ERRCODE = 'unique_violation';
  END IF;
  RETURN NEW;
END $$
"""
ADDED_TO = ("tip_message", "tip_attachment")

# Counts only: the country and those who only look see no tip, and see from this how tips fare.
# By the unit that received them, where it lies today.
TALLIES = """
CREATE FUNCTION tip_tallies(of_unit uuid, first date, last date, at timestamptz)
RETURNS TABLE (commune_id uuid, month date, received bigint, resolved_in_time bigint,
               resolved_late bigint, overdue bigint, not_yet_due bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
SELECT s.commune_id, s.month, count(*),
  count(*) FILTER (WHERE s.resolved AND s.in_time),
  count(*) FILTER (WHERE s.resolved AND NOT s.in_time),
  count(*) FILTER (WHERE NOT s.resolved AND s.breached),
  count(*) FILTER (WHERE NOT s.resolved AND NOT s.breached)
FROM (
  SELECT u.commune_id, date_trunc('month', t.received_on)::date AS month,
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
$$
"""


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.execute(KEEP.format(let_go=LET_GO))
    op.execute(STILL_KEPT)
    op.execute(TALLIES)
    for table in ADDED_TO:
        op.execute(
            f"CREATE TRIGGER tip_still_kept BEFORE INSERT ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION tip_still_kept()"
        )
    op.execute("REVOKE ALL ON FUNCTION tip_still_kept, tip_tallies FROM PUBLIC")
    op.execute("GRANT EXECUTE ON FUNCTION tip_tallies TO binhyen_runtime")


def downgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    for table in ADDED_TO:
        op.execute(f"DROP TRIGGER tip_still_kept ON {table}")
    op.execute("DROP FUNCTION tip_still_kept, tip_tallies")
    op.execute(KEEP.format(let_go=""))
