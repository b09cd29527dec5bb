"""How a tip moves to the unit that accepts it.

The policies let nobody move a tip out of his own place, nor into it; this function does what a
transfer needs, and sees for itself who asks.
"""

from alembic import op

revision = "20261122_18"
down_revision = "20261122_20"
branch_labels = None
depends_on = None

# False: there is no offer to whoever asks, or the tip is not where it was when it was offered.
TAKE = """
CREATE FUNCTION take_tip(transfer uuid, moved date) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  offer public.tip_transfer;
  own uuid := nullif(current_setting('binhyen.unit', true), '')::uuid;
  who text := coalesce(nullif(current_setting('binhyen.subject', true), ''), 'system');
  roles text[] := string_to_array(current_setting('binhyen.roles', true), ' ');
  place uuid;
BEGIN
  SELECT * INTO offer FROM public.tip_transfer WHERE id = transfer AND state = 'offered' FOR UPDATE;
  place := CASE current_setting('binhyen.level', true)
    WHEN 'national' THEN offer.unit_id WHEN 'province' THEN offer.province_id
    WHEN 'district' THEN offer.district_id WHEN 'commune' THEN offer.commune_id END;
  IF NOT coalesce(place = own AND roles && '{tip_officer,investigator}', false) THEN
    RETURN false;
  END IF;
  UPDATE public.tip SET unit_id = offer.unit_id, shared = offer.shared
    WHERE id = offer.tip_id AND unit_id = offer.from_unit_id AND state = 'triaged'
      AND expired_on IS NULL AND offer.unit_id IS DISTINCT FROM excluded_unit_id;
  IF NOT FOUND THEN RETURN false; END IF;
  UPDATE public.identity_request SET unit_id = offer.unit_id WHERE tip_id = offer.tip_id;
  INSERT INTO public.tip_stub
    (id, created_by, changed_by, tip_id, unit_id, to_unit_id, received_on, moved_on, state)
    VALUES (gen_random_uuid(), who, who, offer.tip_id, offer.from_unit_id, offer.unit_id,
      offer.received_on, moved, 'transferred');
  RETURN true;
END $$
"""
TAKEN = "FUNCTION take_tip(uuid, date)"


def upgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.execute(TAKE)
    op.execute(f"REVOKE ALL ON {TAKEN} FROM PUBLIC")
    op.execute(f"GRANT EXECUTE ON {TAKEN} TO binhyen_runtime")


def downgrade() -> None:
    op.execute("SET LOCAL lock_timeout = '5s'")
    op.execute(f"DROP {TAKEN}")
