-- Locks provinces alone, to change the map there: waits for those who hold them, in one order for all,
-- and not for long. Nobody new gets hold of them meanwhile.
CREATE FUNCTION lock_provinces(provinces uuid[]) RETURNS void
LANGUAGE plpgsql SET lock_timeout = '5s' AS $$
DECLARE lock_key integer;
BEGIN
  PERFORM pg_advisory_xact_lock_shared(7300002);
  FOR lock_key IN
    SELECT DISTINCT hashtext(coalesce(p::text, '')) FROM unnest(provinces) p ORDER BY 1
  LOOP
    PERFORM pg_advisory_xact_lock(7300002, lock_key);
  END LOOP;
END $$;
