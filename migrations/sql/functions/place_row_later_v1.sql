-- Notes a row that could not be placed, for place_late.
CREATE FUNCTION place_row_later(placed regclass, row_id uuid) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
INSERT INTO public.place_later (of_table, row_id) VALUES (placed, row_id) ON CONFLICT DO NOTHING
$$;
