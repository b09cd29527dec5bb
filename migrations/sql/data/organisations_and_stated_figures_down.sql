CREATE TRIGGER place_row BEFORE INSERT OR UPDATE OF unit_id ON stated_tally
    FOR EACH ROW EXECUTE FUNCTION place_row();
GRANT SELECT, INSERT, UPDATE ON stated_tally TO binhyen_runtime;

-- Only whole numbers of whole years, of the three measures that tallies knew, can go back.
INSERT INTO stated_tally (id, version, created_at, created_by, changed_at, changed_by, unit_id,
    counts, label, kind, form, level, period_from, period_to, count, qualifier, quote, source)
SELECT id, version, created_at, created_by, changed_at, changed_by, unit_id,
    CASE measure WHEN 'documents_issued' THEN 'documents'
        WHEN 'commendations_given' THEN 'commendations' ELSE 'tips' END, label,
    CASE WHEN measure = 'documents_issued' THEN category END,
    CASE WHEN measure = 'commendations_given' THEN category END, level,
    extract(year FROM period_from)::int, extract(year FROM period_to)::int, value::int,
    qualifier, quote, source
FROM stated_figure
WHERE measure IN ('documents_issued', 'commendations_given', 'tips_received')
    AND precision = 'year' AND voided_at IS NULL AND NOT delta_only AND value = trunc(value)
    AND value <= 2147483647 AND qualifier NOT IN ('less_than', 'unquantified')
    AND quote IS NOT NULL AND source IS NOT NULL
ON CONFLICT DO NOTHING;
DROP TABLE stated_figure;

ALTER TABLE model ADD COLUMN host_organisation VARCHAR(300);
UPDATE model m SET host_organisation = o.name FROM organisation o
    WHERE o.id = m.host_organisation_id;
ALTER TABLE model DROP COLUMN host_organisation_id;
ALTER TABLE model_member DROP CONSTRAINT ck_model_member_organisations_are_partners;
ALTER TABLE model_member DROP COLUMN organisation_id;
DROP TABLE organisation_identifier, organisation;
