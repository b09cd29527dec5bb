-- Claims an idempotency key until the transaction ends. The answer that was kept under it is looked
-- for by a statement of its own, which sees what the one who held the key before has committed.
CREATE FUNCTION claim_key(principal text, key bytea, moment timestamptz)
RETURNS void LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF NOT pg_try_advisory_xact_lock(hashtextextended(principal || encode(key, 'hex'), 7300004)) THEN
    RAISE EXCEPTION 'the key is in use' USING ERRCODE = 'BY002';
  END IF;
  IF EXISTS (SELECT FROM public.kept_answer k WHERE k.principal = claim_key.principal
             AND k.key_hash = claim_key.key AND k.expires_at > claim_key.moment) THEN
    RAISE EXCEPTION 'an answer is kept under the key' USING ERRCODE = 'BY003';
  END IF;
END
$$;
