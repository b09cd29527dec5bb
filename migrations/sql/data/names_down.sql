DROP INDEX ix_document_changed_at_id, ix_commendation_changed_at_id, ix_exemplar_changed_at_id,
    ix_stated_figure_changed_at_id, ix_team_member_changed_at_id, ix_team_member_origin_force_id,
    ix_organisation_changed_at_id, ix_team_changed_at_id, ix_committee_changed_at_id,
    ix_model_changed_at_id;
DROP INDEX uq_organisation_name, uq_team_name, uq_committee_name, uq_document_paper;
ALTER TABLE unit_version DROP CONSTRAINT one_village_a_name_a_day;
ALTER TABLE unit_version DROP COLUMN name_key, DROP COLUMN entered_in_id;
ALTER TABLE organisation DROP COLUMN name_key, DROP COLUMN sort_key;
ALTER TABLE team DROP COLUMN name_key, DROP COLUMN sort_key;
ALTER TABLE committee DROP COLUMN name_key, DROP COLUMN sort_key;
ALTER TABLE committee DROP COLUMN search_key;
ALTER TABLE model DROP COLUMN name_key, DROP COLUMN sort_key;
ALTER TABLE document DROP COLUMN paper_key;
CREATE UNIQUE INDEX uq_document_numbered ON document (issuer_eid, number, symbol, issued_year)
    WHERE (issuer_eid IS NOT NULL AND number IS NOT NULL AND symbol IS NOT NULL
        AND issued_year IS NOT NULL AND voided_at IS NULL);
