-- Tells followers of changes that a unit lies elsewhere now, and its records with it: they learn from
-- this what to drop and what to take. `former_units` says where the unit lay until now.
CREATE FUNCTION announce_unit_move() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  INSERT INTO public.outbox
    (id, recorded_at, resource, resource_id, act, version, fields, unit_id, former_units)
  VALUES (gen_random_uuid(), now(), 'unit_place', NEW.id, 'change', NEW.version, '{place}', NEW.id,
    array_remove(ARRAY[OLD.province_id, OLD.district_id, OLD.commune_id, OLD.village_id], NULL));
  RETURN NULL;
END $$;
