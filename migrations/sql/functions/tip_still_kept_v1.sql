-- An insert waits for a deletion of the tip under way, and then is refused.
CREATE FUNCTION tip_still_kept() RETURNS trigger LANGUAGE plpgsql
SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  PERFORM FROM public.tip WHERE id = NEW.tip_id AND expired_on IS NULL FOR KEY SHARE;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'the tip has expired' USING ERRCODE = 'unique_violation';
  END IF;
  RETURN NEW;
END $$;
