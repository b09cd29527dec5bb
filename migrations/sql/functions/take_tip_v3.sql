-- Moves a tip to the unit that accepts it. Policies let nobody move a tip out of their own place or
-- into it; this function does it for a transfer and checks for itself who calls.
-- Where the unit that it is offered to has ended, the one that acts for it today gets the tip.
-- False: there is no offer to the caller, the tip excludes them or the unit it is offered to, no unit
-- acts for that one today, or the tip is no longer where it was offered from, or lies there already.
CREATE OR REPLACE FUNCTION take_tip(transfer uuid, moved date) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  offer public.tip_transfer;
  own uuid := nullif(current_setting('binhyen.unit', true), '')::uuid;
  who text := coalesce(nullif(current_setting('binhyen.subject', true), ''), 'system');
  roles text[] := string_to_array(current_setting('binhyen.roles', true), ' ');
  place uuid;
  target uuid;
BEGIN
  SELECT * INTO offer FROM public.tip_transfer WHERE id = transfer AND state = 'offered' FOR UPDATE;
  place := CASE current_setting('binhyen.level', true)
    WHEN 'national' THEN offer.unit_id WHEN 'province' THEN offer.province_id
    WHEN 'district' THEN offer.district_id WHEN 'commune' THEN offer.commune_id END;
  IF NOT coalesce(place = own AND roles && '{tip_officer,investigator}', false)
     OR public.is_tip_excluded(offer.tip_id, public.actor_origins())
     OR public.is_tip_excluded(offer.tip_id,
       public.unit_origins(public.unit_heirs(ARRAY[offer.unit_id]))) THEN
    RETURN false;
  END IF;
  target := public.standing_unit(offer.unit_id);
  UPDATE public.tip SET unit_id = target, shared = offer.shared
    WHERE id = offer.tip_id AND unit_id = offer.from_unit_id AND state = 'triaged'
      AND expired_on IS NULL AND public.standing_unit(unit_id) IS DISTINCT FROM target
      AND target IS NOT NULL;
  IF NOT FOUND THEN RETURN false; END IF;
  UPDATE public.identity_request SET unit_id = target WHERE tip_id = offer.tip_id;
  INSERT INTO public.tip_stub
    (id, created_by, changed_by, tip_id, unit_id, to_unit_id, received_on, moved_on, state)
    VALUES (gen_random_uuid(), who, who, offer.tip_id, offer.from_unit_id, target,
      offer.received_on, moved, 'transferred');
  RETURN true;
END $$;
