CREATE TABLE unit_place (
    unit_id UUID NOT NULL,
    valid_from DATE NOT NULL,
    valid_to DATE NOT NULL,
    province_id UUID, district_id UUID, commune_id UUID, village_id UUID,
    CONSTRAINT pk_unit_place PRIMARY KEY (unit_id, valid_from),
    CONSTRAINT fk_unit_place_unit_id_unit FOREIGN KEY (unit_id) REFERENCES unit (id),
    CONSTRAINT ck_unit_place_lasts_a_day CHECK (valid_from < valid_to),
    CONSTRAINT one_place_a_day EXCLUDE USING gist (unit_id WITH =,
        daterange(valid_from, valid_to) WITH &&)
);
CREATE INDEX ix_unit_place_province_id ON unit_place (province_id);
CREATE INDEX ix_unit_place_district_id ON unit_place (district_id);
CREATE INDEX ix_unit_place_commune_id ON unit_place (commune_id);
CREATE INDEX ix_unit_place_village_id ON unit_place (village_id);
GRANT SELECT, INSERT, UPDATE, DELETE ON unit_place TO binhyen_runtime;
GRANT SELECT ON unit_place TO binhyen_intake;
