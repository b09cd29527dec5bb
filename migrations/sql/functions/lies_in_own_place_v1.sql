-- Whether a confidential record lies in the caller's place: the same as the scope of the services.
-- Villages have none, and the country has what it holds itself.
CREATE FUNCTION lies_in_own_place(unit_id uuid, province_id uuid, district_id uuid, commune_id uuid)
RETURNS boolean
LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
SELECT coalesce(CASE current_setting('binhyen.level', true)
  WHEN 'national' THEN unit_id WHEN 'province' THEN province_id
  WHEN 'district' THEN district_id WHEN 'commune' THEN commune_id END
  = nullif(current_setting('binhyen.unit', true), '')::uuid, false)
$$;
