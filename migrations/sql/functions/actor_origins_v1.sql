-- What the actor of this transaction comes from: the unit they serve for, and all they belong to.
-- NULL without an actor: then whatever excludes anybody excludes them.
CREATE FUNCTION actor_origins() RETURNS uuid[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
SELECT CASE WHEN nullif(current_setting('binhyen.unit', true), '') IS NOT NULL THEN
  public.unit_origins(array_append(
    public.subject_units(current_setting('binhyen.subject', true)),
    current_setting('binhyen.unit', true)::uuid)) END
$$;
