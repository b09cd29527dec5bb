-- Moves a case to the unit that accepts it, ends all parts in it, and gives who accepts the lead.
-- Policies let nobody do that; this function does it for an offer and checks for itself who calls.
-- Where the unit that it is offered to has ended, the one that acts for it today gets the case.
-- False: there is no offer to the caller, no unit acts for that one today, or the case is closed, no
-- longer where it was offered from, or lies there already.
CREATE OR REPLACE FUNCTION take_case(transfer uuid, moved date) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  offer public.reintegration_transfer;
  who text := nullif(current_setting('binhyen.subject', true), '');
  roles text[] := string_to_array(current_setting('binhyen.roles', true), ' ');
  target uuid;
BEGIN
  SELECT * INTO offer FROM public.reintegration_transfer
    WHERE id = transfer AND state = 'offered' FOR UPDATE;
  IF NOT coalesce(roles && '{case_worker}', false) OR who IS NULL
    OR NOT public.serves_case(offer.case_id) OR NOT public.lies_in_own_place(
      offer.unit_id, offer.province_id, offer.district_id, offer.commune_id) THEN
    RETURN false;
  END IF;
  target := public.standing_unit(offer.unit_id);
  UPDATE public.reintegration_case SET unit_id = target
    WHERE id = offer.case_id AND unit_id = offer.from_unit_id AND state <> 'closed'
      AND expired_on IS NULL AND public.standing_unit(unit_id) IS DISTINCT FROM target
      AND target IS NOT NULL;
  IF NOT FOUND THEN RETURN false; END IF;
  UPDATE public.reintegration_assignment SET ended_on = moved
    WHERE case_id = offer.case_id AND ended_on IS NULL;
  INSERT INTO public.reintegration_assignment
    (id, case_id, subject, part, assigned_by, assigned_on)
    VALUES (gen_random_uuid(), offer.case_id, who, 'lead', who, moved);
  RETURN true;
END $$;
