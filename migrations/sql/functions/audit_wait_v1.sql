-- A new audit entry waits for its place in the chain, whoever writes it.
CREATE FUNCTION audit_wait() RETURNS trigger LANGUAGE plpgsql
SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  INSERT INTO public.audit_waiting SELECT id FROM fresh;
  RETURN NULL;
END $$;
