-- Forgets the news of changes that are older than a time, whole transactions only; returns how many.
-- Who follows from before them is told to take a full copy first.
CREATE FUNCTION forget_changes(before timestamptz) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  last bigint;
  gone bigint;
BEGIN
  SELECT transaction_id - 1 INTO last FROM public.outbox WHERE recorded_at >= before
    ORDER BY transaction_id, id LIMIT 1;
  last := least(coalesce(last, 9223372036854775807),
                pg_snapshot_xmin(pg_current_snapshot())::text::bigint - 1);
  UPDATE public.change_feed SET forgotten_until = greatest(forgotten_until, coalesce((
    SELECT max(transaction_id) FROM public.outbox WHERE transaction_id <= last), 0));
  DELETE FROM public.outbox WHERE transaction_id <= last;
  GET DIAGNOSTICS gone = ROW_COUNT;
  RETURN gone;
END $$;
