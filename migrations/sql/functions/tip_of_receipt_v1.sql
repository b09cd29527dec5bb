-- The tip that the receipt of this transaction leads to, if any.
CREATE FUNCTION tip_of_receipt() RETURNS uuid LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT tip_id FROM public.tip_receipt
  WHERE lookup = decode(nullif(current_setting('binhyen.receipt', true), ''), 'hex')
$$;
