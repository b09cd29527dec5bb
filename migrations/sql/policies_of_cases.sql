-- Reintegration cases: forced, so that the owner too needs a policy.
ALTER TABLE reintegration_case ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE reintegration_assignment ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE reintegration_identity ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE reintegration_need ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE reintegration_action ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE reintegration_contact ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE reintegration_support ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE reintegration_request ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE reintegration_consent ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE reintegration_transfer ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE reintegration_hold ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE reintegration_episode ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;

-- Who has a part in a case sees it; the superior sees one that nobody looks after.
CREATE POLICY own_select ON reintegration_case FOR SELECT TO binhyen_runtime USING (
    has_part_in_case(id)
);
CREATE POLICY own_update ON reintegration_case FOR UPDATE TO binhyen_runtime USING (
    has_part_in_case(id)
);
CREATE POLICY own_insert ON reintegration_case FOR INSERT TO binhyen_runtime WITH CHECK (
    string_to_array(current_setting('binhyen.roles', true), ' ') && '{case_worker}'::text[]
    AND lies_in_own_place(unit_id, province_id, district_id, commune_id)
);
CREATE POLICY unattended_select ON reintegration_case FOR SELECT TO binhyen_runtime USING (
    string_to_array(current_setting('binhyen.roles', true), ' ') && '{approver}'::text[]
    AND lies_in_own_place(unit_id, province_id, district_id, commune_id)
    AND (is_case_orphaned(id) OR is_case_handover_late(id))
);
CREATE POLICY unattended_update ON reintegration_case FOR UPDATE TO binhyen_runtime USING (
    string_to_array(current_setting('binhyen.roles', true), ' ') && '{approver}'::text[]
    AND lies_in_own_place(unit_id, province_id, district_id, commune_id)
    AND (is_case_orphaned(id) OR is_case_handover_late(id))
);

-- Parts in a case are seen with it, and given by those who may.
CREATE POLICY own_select ON reintegration_assignment FOR SELECT TO binhyen_runtime USING (
    has_part_in_case(case_id) OR may_assign_case(case_id)
);
CREATE POLICY own_insert ON reintegration_assignment FOR INSERT TO binhyen_runtime WITH CHECK (
    may_assign_case(case_id)
);
CREATE POLICY own_update ON reintegration_assignment FOR UPDATE TO binhyen_runtime USING (
    has_part_in_case(case_id) OR may_assign_case(case_id)
);

-- What belongs to a case is for those who have a part in it.
CREATE POLICY own_select ON reintegration_identity FOR SELECT TO binhyen_runtime USING (
    has_part_in_case(case_id)
);
CREATE POLICY own_insert ON reintegration_identity FOR INSERT TO binhyen_runtime WITH CHECK (
    has_part_in_case(case_id)
);
CREATE POLICY own_update ON reintegration_identity FOR UPDATE TO binhyen_runtime USING (
    has_part_in_case(case_id)
);
CREATE POLICY own_select ON reintegration_need FOR SELECT TO binhyen_runtime USING (
    has_part_in_case(case_id)
);
CREATE POLICY own_insert ON reintegration_need FOR INSERT TO binhyen_runtime WITH CHECK (
    has_part_in_case(case_id)
);
CREATE POLICY own_update ON reintegration_need FOR UPDATE TO binhyen_runtime USING (
    has_part_in_case(case_id)
);
CREATE POLICY own_select ON reintegration_action FOR SELECT TO binhyen_runtime USING (
    has_part_in_case(case_id)
);
CREATE POLICY own_insert ON reintegration_action FOR INSERT TO binhyen_runtime WITH CHECK (
    has_part_in_case(case_id)
);
CREATE POLICY own_update ON reintegration_action FOR UPDATE TO binhyen_runtime USING (
    has_part_in_case(case_id)
);
CREATE POLICY own_select ON reintegration_contact FOR SELECT TO binhyen_runtime USING (
    has_part_in_case(case_id)
);
CREATE POLICY own_insert ON reintegration_contact FOR INSERT TO binhyen_runtime WITH CHECK (
    has_part_in_case(case_id)
);
CREATE POLICY own_update ON reintegration_contact FOR UPDATE TO binhyen_runtime USING (
    has_part_in_case(case_id)
);
CREATE POLICY own_select ON reintegration_support FOR SELECT TO binhyen_runtime USING (
    has_part_in_case(case_id)
);
CREATE POLICY own_insert ON reintegration_support FOR INSERT TO binhyen_runtime WITH CHECK (
    has_part_in_case(case_id)
);
CREATE POLICY own_update ON reintegration_support FOR UPDATE TO binhyen_runtime USING (
    has_part_in_case(case_id)
);
CREATE POLICY own_select ON reintegration_request FOR SELECT TO binhyen_runtime USING (
    has_part_in_case(case_id)
);
CREATE POLICY own_select ON reintegration_consent FOR SELECT TO binhyen_runtime USING (
    has_part_in_case(case_id)
);
CREATE POLICY own_insert ON reintegration_request FOR INSERT TO binhyen_runtime WITH CHECK (
    has_part_in_case(case_id)
);
CREATE POLICY own_insert ON reintegration_consent FOR INSERT TO binhyen_runtime WITH CHECK (
    has_part_in_case(case_id)
);
CREATE POLICY own_update ON reintegration_request FOR UPDATE TO binhyen_runtime USING (
    has_part_in_case(case_id)
);
CREATE POLICY own_update ON reintegration_consent FOR UPDATE TO binhyen_runtime USING (
    has_part_in_case(case_id)
);
CREATE POLICY own_select ON reintegration_hold FOR SELECT TO binhyen_runtime USING (
    has_part_in_case(case_id)
);
CREATE POLICY own_insert ON reintegration_hold FOR INSERT TO binhyen_runtime WITH CHECK (
    has_part_in_case(case_id)
);
CREATE POLICY own_update ON reintegration_hold FOR UPDATE TO binhyen_runtime USING (
    has_part_in_case(case_id)
);

-- An offer is seen by the workers of the unit it is made to, and with the case.
CREATE POLICY offered_select ON reintegration_transfer FOR SELECT TO binhyen_runtime USING (
    has_part_in_case(case_id)
    OR string_to_array(current_setting('binhyen.roles', true), ' ') && '{case_worker}'::text[]
    AND lies_in_own_place(unit_id, province_id, district_id, commune_id)
);
CREATE POLICY offered_update ON reintegration_transfer FOR UPDATE TO binhyen_runtime USING (
    has_part_in_case(case_id)
    OR string_to_array(current_setting('binhyen.roles', true), ' ') && '{case_worker}'::text[]
    AND lies_in_own_place(unit_id, province_id, district_id, commune_id)
);
CREATE POLICY own_insert ON reintegration_transfer FOR INSERT TO binhyen_runtime WITH CHECK (
    has_part_in_case(case_id)
);

-- The keeper sees every row that its grants let it read.
CREATE POLICY keeper_all ON reintegration_case FOR ALL TO binhyen_keeper USING (true);
CREATE POLICY keeper_all ON reintegration_assignment FOR ALL TO binhyen_keeper USING (true);
CREATE POLICY keeper_all ON reintegration_identity FOR ALL TO binhyen_keeper USING (true);
CREATE POLICY keeper_all ON reintegration_need FOR ALL TO binhyen_keeper USING (true);
CREATE POLICY keeper_all ON reintegration_action FOR ALL TO binhyen_keeper USING (true);
CREATE POLICY keeper_all ON reintegration_contact FOR ALL TO binhyen_keeper USING (true);
CREATE POLICY keeper_all ON reintegration_support FOR ALL TO binhyen_keeper USING (true);
CREATE POLICY keeper_all ON reintegration_request FOR ALL TO binhyen_keeper USING (true);
CREATE POLICY keeper_all ON reintegration_consent FOR ALL TO binhyen_keeper USING (true);
CREATE POLICY keeper_all ON reintegration_transfer FOR ALL TO binhyen_keeper USING (true);
CREATE POLICY keeper_all ON reintegration_hold FOR ALL TO binhyen_keeper USING (true);
CREATE POLICY keeper_all ON reintegration_episode FOR ALL TO binhyen_keeper USING (true);

-- The owner moves rows to where their units lie, and its functions read and write these tables.
CREATE POLICY owner_select ON reintegration_case FOR SELECT TO CURRENT_USER USING (true);
CREATE POLICY owner_update ON reintegration_case FOR UPDATE TO CURRENT_USER USING (true);
CREATE POLICY owner_insert ON reintegration_case FOR INSERT TO CURRENT_USER WITH CHECK (true);
CREATE POLICY owner_select ON reintegration_assignment FOR SELECT TO CURRENT_USER USING (true);
CREATE POLICY owner_update ON reintegration_assignment FOR UPDATE TO CURRENT_USER USING (true);
CREATE POLICY owner_insert ON reintegration_assignment FOR INSERT TO CURRENT_USER WITH CHECK (true);
CREATE POLICY owner_select ON reintegration_transfer FOR SELECT TO CURRENT_USER USING (true);
CREATE POLICY owner_update ON reintegration_transfer FOR UPDATE TO CURRENT_USER USING (true);
CREATE POLICY owner_insert ON reintegration_transfer FOR INSERT TO CURRENT_USER WITH CHECK (true);
CREATE POLICY owner_select ON reintegration_episode FOR SELECT TO CURRENT_USER USING (true);

CREATE TRIGGER place_row BEFORE INSERT OR UPDATE OF unit_id ON reintegration_case
    FOR EACH ROW EXECUTE FUNCTION place_row();
CREATE TRIGGER place_row BEFORE INSERT OR UPDATE OF unit_id ON reintegration_transfer
    FOR EACH ROW EXECUTE FUNCTION place_row();

REVOKE ALL ON FUNCTION
    is_case_orphaned, is_case_handover_late, has_part_in_case, may_assign_case, take_case,
    cases_in_support
FROM PUBLIC;
GRANT EXECUTE ON FUNCTION
    is_case_orphaned, is_case_handover_late, has_part_in_case, may_assign_case, take_case,
    cases_in_support
TO binhyen_runtime;
