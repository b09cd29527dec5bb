-- Models refer to the organisations that host them.
ALTER TABLE model ADD COLUMN host_organisation_id UUID
    CONSTRAINT fk_model_host_organisation_id_organisation REFERENCES organisation (id);
UPDATE model m SET host_organisation_id = o.id FROM organisation o
    WHERE o.unit_id = m.unit_id AND o.name = m.host_organisation;
ALTER TABLE model DROP COLUMN host_organisation;
CREATE INDEX ix_model_host_organisation_id_id ON model (host_organisation_id, id);

ALTER TABLE model_member ADD COLUMN organisation_id UUID
    CONSTRAINT fk_model_member_organisation_id_organisation REFERENCES organisation (id);
ALTER TABLE model_member ADD CONSTRAINT ck_model_member_organisations_are_partners
    CHECK (organisation_id IS NULL OR kind = 'organisation');
CREATE INDEX ix_model_member_organisation_id ON model_member (organisation_id);

-- Stated tallies are figures of three measures, for whole years.
INSERT INTO stated_figure (id, version, created_at, created_by, changed_at, changed_by, unit_id,
    measure, counting_unit, category, level, label, value, qualifier, period_from, period_to,
    precision, source, quote)
SELECT id, version, created_at, created_by, changed_at, changed_by, unit_id,
    CASE counts WHEN 'documents' THEN 'documents_issued'
        WHEN 'commendations' THEN 'commendations_given' ELSE 'tips_received' END,
    CASE counts WHEN 'documents' THEN 'document' WHEN 'commendations' THEN 'commendation'
        ELSE 'tip' END,
    coalesce(kind, form), level, label, count, qualifier, make_date(period_from, 1, 1),
    make_date(period_to, 12, 31), 'year', source, quote
FROM stated_tally;
DROP TABLE stated_tally;
