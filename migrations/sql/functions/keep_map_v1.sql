-- Ends a transaction that did not get the map of its provinces: its edge starts it again.
CREATE FUNCTION keep_map(held boolean) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  IF NOT held THEN
    RAISE EXCEPTION 'the map of this province is being changed' USING ERRCODE = 'MAP01';
  END IF;
END $$;
