ALTER TABLE organisation ADD COLUMN name_key VARCHAR, ADD COLUMN sort_key TEXT COLLATE "C";
ALTER TABLE team ADD COLUMN name_key VARCHAR, ADD COLUMN sort_key TEXT COLLATE "C";
ALTER TABLE committee ADD COLUMN name_key VARCHAR, ADD COLUMN sort_key TEXT COLLATE "C";
ALTER TABLE committee ADD COLUMN search_key VARCHAR;
ALTER TABLE model ADD COLUMN name_key VARCHAR, ADD COLUMN sort_key TEXT COLLATE "C";
ALTER TABLE document ADD COLUMN paper_key VARCHAR;
ALTER TABLE unit_version ADD COLUMN name_key VARCHAR;
ALTER TABLE unit_version ADD COLUMN entered_in_id UUID
    CONSTRAINT fk_unit_version_entered_in_id_unit REFERENCES unit (id);

-- A village was entered in the first commune that it belonged to.
UPDATE unit_version v SET entered_in_id = p.parent_id FROM unit_parent p
WHERE v.level = 'village' AND p.unit_id = v.unit_id AND p.hierarchy = 'administrative'
    AND p.valid_from = v.valid_from
    AND NOT EXISTS (SELECT FROM unit_version w
                    WHERE w.unit_id = v.unit_id AND w.valid_from < v.valid_from);

-- Names are found with any apostrophe and hyphen, with blanks around it or none.
DO $$
DECLARE searched text;
BEGIN
  FOREACH searched IN ARRAY ARRAY['unit_version', 'organisation', 'team', 'model', 'model_type',
      'document', 'commendation', 'exemplar'] LOOP
    EXECUTE format($sql$
      UPDATE %I SET search_key = regexp_replace(
        translate(search_key, '‘’ʼ′´`‐‑‒–—−', repeat(chr(39), 6) || '------'),
        ' *- *', '-', 'g')
      WHERE search_key ~ '[‘’ʼ′´`‐‑‒–—−-]'$sql$, searched);
  END LOOP;
END $$;
