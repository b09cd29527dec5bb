-- Emergency openings: a case and what belongs to it is read by one, and written by none.
ALTER TABLE reintegration_opening ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY opened_select ON reintegration_case FOR SELECT TO binhyen_runtime USING (
    opening_of_case(id) IS NOT NULL
);
CREATE POLICY opened_select ON reintegration_assignment FOR SELECT TO binhyen_runtime USING (
    opening_of_case(case_id) IS NOT NULL
);
CREATE POLICY opened_select ON reintegration_identity FOR SELECT TO binhyen_runtime USING (
    opening_of_case(case_id) IS NOT NULL
);
CREATE POLICY opened_select ON reintegration_need FOR SELECT TO binhyen_runtime USING (
    opening_of_case(case_id) IS NOT NULL
);
CREATE POLICY opened_select ON reintegration_action FOR SELECT TO binhyen_runtime USING (
    opening_of_case(case_id) IS NOT NULL
);
CREATE POLICY opened_select ON reintegration_contact FOR SELECT TO binhyen_runtime USING (
    opening_of_case(case_id) IS NOT NULL
);
CREATE POLICY opened_select ON reintegration_support FOR SELECT TO binhyen_runtime USING (
    opening_of_case(case_id) IS NOT NULL
);
CREATE POLICY opened_select ON reintegration_consent FOR SELECT TO binhyen_runtime USING (
    opening_of_case(case_id) IS NOT NULL
);

-- An opening is seen by superiors and auditors of its place, by who made it, and with the case.
CREATE POLICY watched_select ON reintegration_opening FOR SELECT TO binhyen_runtime USING (
    string_to_array(current_setting('binhyen.roles', true), ' ')
      && '{approver,auditor}'::text[]
    AND (current_setting('binhyen.level', true) = 'national'
      OR lies_in_own_place(unit_id, province_id, district_id, commune_id))
);
CREATE POLICY own_select ON reintegration_opening FOR SELECT TO binhyen_runtime USING (
    string_to_array(current_setting('binhyen.roles', true), ' ') && '{case_worker}'::text[]
    AND lies_in_own_place(unit_id, province_id, district_id, commune_id)
    AND (opened_by = current_setting('binhyen.subject', true) OR has_part_in_case(case_id))
);
CREATE POLICY own_insert ON reintegration_opening FOR INSERT TO binhyen_runtime WITH CHECK (
    opened_by = current_setting('binhyen.subject', true)
    AND state = 'unreviewed' AND opens_until <= opened_at + interval '3 hours'
    AND may_open_case(case_id)
);
CREATE POLICY reviewed_update ON reintegration_opening FOR UPDATE TO binhyen_runtime USING (
    string_to_array(current_setting('binhyen.roles', true), ' ') && '{approver}'::text[]
    AND (current_setting('binhyen.level', true) = 'national'
      OR lies_in_own_place(unit_id, province_id, district_id, commune_id))
);
CREATE POLICY keeper_all ON reintegration_opening FOR ALL TO binhyen_keeper USING (true);
CREATE POLICY owner_select ON reintegration_opening FOR SELECT TO CURRENT_USER USING (true);
CREATE POLICY owner_update ON reintegration_opening FOR UPDATE TO CURRENT_USER USING (true);
CREATE POLICY owner_insert ON reintegration_opening FOR INSERT TO CURRENT_USER WITH CHECK (true);

CREATE TRIGGER place_row BEFORE INSERT OR UPDATE OF unit_id ON reintegration_opening
    FOR EACH ROW EXECUTE FUNCTION place_row();
CREATE TRIGGER name_opening BEFORE INSERT ON audit_entry FOR EACH ROW
    WHEN (NEW.act = 'read' AND NEW.resource IN ('reintegration_case', 'reintegration_identity'))
    EXECUTE FUNCTION name_opening();

REVOKE ALL ON FUNCTION opening_of_case, may_open_case, case_to_open, name_opening FROM PUBLIC;
GRANT EXECUTE ON FUNCTION opening_of_case, may_open_case, case_to_open TO binhyen_runtime;
