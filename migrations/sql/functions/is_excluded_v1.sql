-- Whether a tip excludes units that came from these. It holds digests, each of itself and a unit,
-- under a key that only the transaction of an actor has: without that key it excludes everybody.
-- Digests without a key are those of tips that came before there was one.
CREATE FUNCTION is_excluded(tip uuid, digests bytea[], origins uuid[]) RETURNS boolean
LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
SELECT CASE
  WHEN cardinality(digests) = 0 THEN false
  WHEN origins IS NULL OR coalesce(current_setting('binhyen.exclusion_key', true), '') = '' THEN true
  ELSE EXISTS (
    SELECT FROM unnest(origins) AS unit
    WHERE sha256(decode(current_setting('binhyen.exclusion_key', true), 'hex')
                 || uuid_send(tip) || uuid_send(unit)) = ANY (digests)
      OR sha256(uuid_send(tip) || uuid_send(unit)) = ANY (digests))
END
$$;
