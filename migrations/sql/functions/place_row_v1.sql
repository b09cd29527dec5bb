-- Fills in where a record lies, which is where its unit lies. The shared lock makes a row wait for
-- a reorganisation under way, which holds it alone: else the row would keep its unit's former place.
CREATE FUNCTION place_row() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_advisory_xact_lock_shared(7300002);
  SELECT province_id, district_id, commune_id, village_id
  INTO NEW.province_id, NEW.district_id, NEW.commune_id, NEW.village_id
  FROM unit WHERE id = NEW.unit_id;
  RETURN NEW;
END $$;
