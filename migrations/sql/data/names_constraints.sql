CREATE UNIQUE INDEX uq_organisation_name ON organisation (unit_id, kind, name_key)
    WHERE (state = 'active' AND voided_at IS NULL);
CREATE UNIQUE INDEX uq_team_name ON team (unit_id, kind, name_key)
    WHERE (state NOT IN ('declined', 'dissolved') AND voided_at IS NULL);
CREATE UNIQUE INDEX uq_committee_name ON committee (unit_id, scope, name_key)
    WHERE (state <> 'dissolved' AND voided_at IS NULL);
CREATE UNIQUE INDEX uq_document_paper ON document (issuer_eid, paper_key, issued_year)
    WHERE voided_at IS NULL;
DROP INDEX uq_document_numbered;
ALTER TABLE unit_version ADD CONSTRAINT one_village_a_name_a_day EXCLUDE USING gist (
    entered_in_id WITH =, kind WITH =, name_key WITH =, daterange(valid_from, valid_to) WITH &&)
    WHERE (entered_in_id IS NOT NULL);
CREATE INDEX ix_organisation_name_id ON organisation (COALESCE(sort_key, ''), id);
CREATE INDEX ix_team_name_id ON team (COALESCE(sort_key, ''), id);
CREATE INDEX ix_committee_name_id ON committee (COALESCE(sort_key, ''), id);
CREATE INDEX ix_model_name_id ON model (COALESCE(sort_key, ''), id);
CREATE INDEX ix_organisation_changed_at_id ON organisation (changed_at, id);
CREATE INDEX ix_team_changed_at_id ON team (changed_at, id);
CREATE INDEX ix_committee_changed_at_id ON committee (changed_at, id);
CREATE INDEX ix_model_changed_at_id ON model (changed_at, id);
CREATE INDEX ix_document_changed_at_id ON document (changed_at, id);
CREATE INDEX ix_commendation_changed_at_id ON commendation (changed_at, id);
CREATE INDEX ix_exemplar_changed_at_id ON exemplar (changed_at, id);
CREATE INDEX ix_stated_figure_changed_at_id ON stated_figure (changed_at, id);
CREATE INDEX ix_team_member_changed_at_id ON team_member (changed_at, id);
CREATE INDEX ix_team_member_origin_force_id ON team_member (origin_force, id);
CREATE INDEX ix_committee_search_key ON committee USING gin (search_key gin_trgm_ops);
