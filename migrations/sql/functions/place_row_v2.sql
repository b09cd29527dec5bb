-- Fills in where a record lies, which is where its unit lies, and keeps the province as it is until the
-- end: else the row would keep its unit's former place. Where the map is just being changed there, the
-- writer starts again. An informant's tip, and what was read or refused meanwhile, is noted all the
-- same, as the map was, and placed when the change is over.
CREATE OR REPLACE FUNCTION place_row() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  held boolean := false;
  lies uuid;
  waits boolean := coalesce(current_setting('binhyen.place_later', true), '') <> 'on';
BEGIN
  LOOP
    SELECT province_id, district_id, commune_id, village_id
    INTO NEW.province_id, NEW.district_id, NEW.commune_id, NEW.village_id
    FROM unit WHERE id = NEW.unit_id;
    EXIT WHEN held AND lies IS NOT DISTINCT FROM NEW.province_id;
    lies := NEW.province_id;
    held := lock_province(lies);
    CONTINUE WHEN held;
    IF TG_TABLE_NAME = 'audit_entry' THEN
      waits := waits AND NEW.act NOT IN ('read', 'security');
    END IF;
    PERFORM keep_map(NOT waits);
    PERFORM place_row_later(TG_RELID, NEW.id);
    EXIT;
  END LOOP;
  RETURN NEW;
END $$;
