-- Parts of a tip from before a transfer that were not shared stay with the unit that had them.
CREATE FUNCTION keep_back() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  NEW.kept_back := NEW.kept_back
    || ARRAY(SELECT id FROM public.tip_message WHERE tip_id = NEW.id
             AND NOT 'messages' = ANY (NEW.shared) AND id <> ALL (NEW.kept_back))
    || ARRAY(SELECT id FROM public.tip_attachment WHERE tip_id = NEW.id
             AND NOT 'attachments' = ANY (NEW.shared) AND id <> ALL (NEW.kept_back));
  RETURN NEW;
END $$;
