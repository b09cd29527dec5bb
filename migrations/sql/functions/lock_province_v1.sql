-- Keeps a province as the map has it until this transaction ends; false where the map is just being
-- changed there. It never waits, so that who holds some rows cannot stand in the way of who changes
-- the map and holds others. NULL stands for what lies in no province.
CREATE FUNCTION lock_province(province uuid) RETURNS boolean LANGUAGE sql AS $$
SELECT pg_try_advisory_xact_lock_shared(7300002)
  AND pg_try_advisory_xact_lock_shared(7300002, hashtext(coalesce(province::text, '')))
$$;
