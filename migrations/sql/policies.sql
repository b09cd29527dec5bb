-- The audit: an auditor reads the entries of their place. Nobody writes in another's name; without
-- a subject only the system writes, which has no session, and whoever signs in or is signed out.
SELECT protect_by_place('audit_entry', '{auditor}');
CREATE POLICY in_own_name ON audit_entry FOR INSERT WITH CHECK (
    CASE WHEN nullif(current_setting('binhyen.subject', true), '') IS NULL
    THEN session_id IS NULL OR act = 'security'
    ELSE subject = current_setting('binhyen.subject', true) END
);
CREATE POLICY exported ON audit_entry FOR SELECT TO binhyen_auditor USING (true);
CREATE POLICY sealed ON audit_entry FOR SELECT TO binhyen_sealer USING (true);

-- Tips: forced, so that the owner too needs a policy.
ALTER TABLE tip ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE tip_assignment ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE tip_attachment ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE tip_hold ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE tip_identity ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE tip_likeness ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE tip_link ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE tip_message ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE tip_receipt ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE tip_redaction ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE tip_stub ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE tip_text ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE tip_transfer ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE identity_request ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;

-- An officer sees the tips that their unit holds.
SELECT protect_tips('tip', '{SELECT,UPDATE}');
SELECT protect_tips('tip_transfer', '{SELECT,UPDATE}');
SELECT protect_tips('tip_stub', '{SELECT}');
SELECT protect_by_place(
    'identity_request', '{tip_officer,investigator,identity_custodian}', '{SELECT,UPDATE}'
);

-- Parts of a tip are visible with the tip.
CREATE POLICY seen_select ON tip_assignment FOR SELECT TO binhyen_runtime USING (
    EXISTS (SELECT FROM tip WHERE tip.id = tip_assignment.tip_id)
);
CREATE POLICY seen_insert ON tip_assignment FOR INSERT TO binhyen_runtime WITH CHECK (
    EXISTS (SELECT FROM tip WHERE tip.id = tip_assignment.tip_id)
);
CREATE POLICY seen_update ON tip_assignment FOR UPDATE TO binhyen_runtime USING (
    EXISTS (SELECT FROM tip WHERE tip.id = tip_assignment.tip_id)
);
CREATE POLICY seen_select ON tip_hold FOR SELECT TO binhyen_runtime USING (
    EXISTS (SELECT FROM tip WHERE tip.id = tip_hold.tip_id)
);
CREATE POLICY seen_insert ON tip_hold FOR INSERT TO binhyen_runtime WITH CHECK (
    EXISTS (SELECT FROM tip WHERE tip.id = tip_hold.tip_id)
);
CREATE POLICY seen_update ON tip_hold FOR UPDATE TO binhyen_runtime USING (
    EXISTS (SELECT FROM tip WHERE tip.id = tip_hold.tip_id)
);
CREATE POLICY seen_select ON tip_likeness FOR SELECT TO binhyen_runtime USING (
    EXISTS (SELECT FROM tip WHERE tip.id = tip_likeness.tip_id)
);
CREATE POLICY seen_select ON tip_receipt FOR SELECT TO binhyen_runtime USING (
    EXISTS (SELECT FROM tip WHERE tip.id = tip_receipt.tip_id)
);
CREATE POLICY seen_select ON tip_transfer FOR SELECT TO binhyen_runtime USING (
    EXISTS (SELECT FROM tip WHERE tip.id = tip_transfer.tip_id)
);
CREATE POLICY seen_insert ON tip_transfer FOR INSERT TO binhyen_runtime WITH CHECK (
    EXISTS (SELECT FROM tip WHERE tip.id = tip_transfer.tip_id)
);
CREATE POLICY seen_update ON tip_transfer FOR UPDATE TO binhyen_runtime USING (
    EXISTS (SELECT FROM tip WHERE tip.id = tip_transfer.tip_id)
);
CREATE POLICY seen_update ON tip_stub FOR UPDATE TO binhyen_runtime USING (
    EXISTS (SELECT FROM tip WHERE tip.id = tip_stub.tip_id)
);
CREATE POLICY seen_insert ON identity_request FOR INSERT TO binhyen_runtime WITH CHECK (
    EXISTS (SELECT FROM tip WHERE tip.id = identity_request.tip_id)
);
CREATE POLICY seen_select ON tip_link FOR SELECT TO binhyen_runtime USING (
    EXISTS (SELECT FROM tip WHERE tip.id = tip_link.tip_id)
    AND EXISTS (SELECT FROM tip WHERE tip.id = tip_link.other_id)
);
CREATE POLICY seen_insert ON tip_link FOR INSERT TO binhyen_runtime WITH CHECK (
    EXISTS (SELECT FROM tip WHERE tip.id = tip_link.tip_id)
    AND EXISTS (SELECT FROM tip WHERE tip.id = tip_link.other_id)
);
CREATE POLICY seen_delete ON tip_link FOR DELETE TO binhyen_runtime USING (
    EXISTS (SELECT FROM tip WHERE tip.id = tip_link.tip_id)
    AND EXISTS (SELECT FROM tip WHERE tip.id = tip_link.other_id)
);

-- The content of a tip is for its assignees.
CREATE POLICY assigned_select ON tip_text FOR SELECT TO binhyen_runtime USING (
    EXISTS (SELECT FROM tip_assignment a WHERE a.tip_id = tip_text.tip_id
    AND a.ended_on IS NULL
    AND a.subject = (SELECT current_setting('binhyen.subject', true)))
);
CREATE POLICY assigned_update ON tip_text FOR UPDATE TO binhyen_runtime USING (
    EXISTS (SELECT FROM tip_assignment a WHERE a.tip_id = tip_text.tip_id
    AND a.ended_on IS NULL
    AND a.subject = (SELECT current_setting('binhyen.subject', true)))
);
CREATE POLICY assigned_update ON tip_likeness FOR UPDATE TO binhyen_runtime USING (
    EXISTS (SELECT FROM tip_assignment a WHERE a.tip_id = tip_likeness.tip_id
    AND a.ended_on IS NULL
    AND a.subject = (SELECT current_setting('binhyen.subject', true)))
);
CREATE POLICY assigned_select ON tip_attachment FOR SELECT TO binhyen_runtime USING (
    EXISTS (SELECT FROM tip_assignment a WHERE a.tip_id = tip_attachment.tip_id
    AND a.ended_on IS NULL
    AND a.subject = (SELECT current_setting('binhyen.subject', true)))
);
CREATE POLICY assigned_select ON tip_message FOR SELECT TO binhyen_runtime USING (
    EXISTS (SELECT FROM tip_assignment a WHERE a.tip_id = tip_message.tip_id
    AND a.ended_on IS NULL
    AND a.subject = (SELECT current_setting('binhyen.subject', true)))
);
CREATE POLICY assigned_insert ON tip_message FOR INSERT TO binhyen_runtime WITH CHECK (
    EXISTS (SELECT FROM tip_assignment a WHERE a.tip_id = tip_message.tip_id
    AND a.ended_on IS NULL
    AND a.subject = (SELECT current_setting('binhyen.subject', true)))
);
CREATE POLICY assigned_select ON tip_redaction FOR SELECT TO binhyen_runtime USING (
    EXISTS (SELECT FROM tip_assignment a WHERE a.tip_id = tip_redaction.tip_id
    AND a.ended_on IS NULL
    AND a.subject = (SELECT current_setting('binhyen.subject', true)))
);
CREATE POLICY assigned_insert ON tip_redaction FOR INSERT TO binhyen_runtime WITH CHECK (
    EXISTS (SELECT FROM tip_assignment a WHERE a.tip_id = tip_redaction.tip_id
    AND a.ended_on IS NULL
    AND a.subject = (SELECT current_setting('binhyen.subject', true)))
);

-- The intake inserts and reads nothing back.
CREATE POLICY taken_in_insert ON tip FOR INSERT TO binhyen_intake WITH CHECK (true);
CREATE POLICY taken_in_insert ON tip_attachment FOR INSERT TO binhyen_intake WITH CHECK (true);
CREATE POLICY taken_in_insert ON tip_identity FOR INSERT TO binhyen_intake WITH CHECK (true);
CREATE POLICY taken_in_insert ON tip_likeness FOR INSERT TO binhyen_intake WITH CHECK (true);
CREATE POLICY taken_in_insert ON tip_message FOR INSERT TO binhyen_intake WITH CHECK (true);
CREATE POLICY taken_in_insert ON tip_receipt FOR INSERT TO binhyen_intake WITH CHECK (true);
CREATE POLICY taken_in_insert ON tip_text FOR INSERT TO binhyen_intake WITH CHECK (true);

-- An informant reads the tip of their receipt.
CREATE POLICY own_select ON tip FOR SELECT TO binhyen_informant USING (
    id = (SELECT tip_of_receipt())
);
CREATE POLICY own_select ON tip_receipt FOR SELECT TO binhyen_informant USING (
    tip_id = (SELECT tip_of_receipt())
);
CREATE POLICY own_select ON tip_text FOR SELECT TO binhyen_informant USING (
    tip_id = (SELECT tip_of_receipt())
);
CREATE POLICY own_select ON tip_message FOR SELECT TO binhyen_informant USING (
    tip_id = (SELECT tip_of_receipt())
);
CREATE POLICY own_select ON tip_attachment FOR SELECT TO binhyen_informant USING (
    tip_id = (SELECT tip_of_receipt())
);
CREATE POLICY own_select ON identity_request FOR SELECT TO binhyen_informant USING (
    tip_id = (SELECT tip_of_receipt())
);

-- The vault and the keeper see every row that their grants let them read.
CREATE POLICY vault_all ON tip FOR ALL TO binhyen_vault USING (true);
CREATE POLICY vault_all ON tip_assignment FOR ALL TO binhyen_vault USING (true);
CREATE POLICY vault_all ON tip_identity FOR ALL TO binhyen_vault USING (true);
CREATE POLICY vault_all ON identity_request FOR ALL TO binhyen_vault USING (true);

CREATE POLICY keeper_all ON tip FOR ALL TO binhyen_keeper USING (true);
CREATE POLICY keeper_all ON tip_hold FOR ALL TO binhyen_keeper USING (true);
CREATE POLICY keeper_all ON tip_stub FOR ALL TO binhyen_keeper USING (true);
CREATE POLICY keeper_all ON tip_receipt FOR ALL TO binhyen_keeper USING (true);
CREATE POLICY keeper_all ON tip_text FOR ALL TO binhyen_keeper USING (true);
CREATE POLICY keeper_all ON tip_message FOR ALL TO binhyen_keeper USING (true);
CREATE POLICY keeper_all ON tip_attachment FOR ALL TO binhyen_keeper USING (true);
CREATE POLICY keeper_all ON tip_redaction FOR ALL TO binhyen_keeper USING (true);
CREATE POLICY keeper_all ON tip_likeness FOR ALL TO binhyen_keeper USING (true);
CREATE POLICY keeper_all ON tip_identity FOR ALL TO binhyen_keeper USING (true);
CREATE POLICY keeper_all ON tip_assignment FOR ALL TO binhyen_keeper USING (true);
CREATE POLICY keeper_all ON tip_link FOR ALL TO binhyen_keeper USING (true);
CREATE POLICY keeper_all ON tip_transfer FOR ALL TO binhyen_keeper USING (true);
CREATE POLICY keeper_all ON identity_request FOR ALL TO binhyen_keeper USING (true);

-- The owner moves rows to where their units lie, and its functions read and write these tables.
CREATE POLICY owner_select ON tip FOR SELECT TO CURRENT_USER USING (true);
CREATE POLICY owner_update ON tip FOR UPDATE TO CURRENT_USER USING (true);
CREATE POLICY owner_insert ON tip FOR INSERT TO CURRENT_USER WITH CHECK (true);
CREATE POLICY owner_select ON tip_transfer FOR SELECT TO CURRENT_USER USING (true);
CREATE POLICY owner_update ON tip_transfer FOR UPDATE TO CURRENT_USER USING (true);
CREATE POLICY owner_insert ON tip_transfer FOR INSERT TO CURRENT_USER WITH CHECK (true);
CREATE POLICY owner_select ON tip_stub FOR SELECT TO CURRENT_USER USING (true);
CREATE POLICY owner_update ON tip_stub FOR UPDATE TO CURRENT_USER USING (true);
CREATE POLICY owner_insert ON tip_stub FOR INSERT TO CURRENT_USER WITH CHECK (true);
CREATE POLICY owner_select ON identity_request FOR SELECT TO CURRENT_USER USING (true);
CREATE POLICY owner_update ON identity_request FOR UPDATE TO CURRENT_USER USING (true);
CREATE POLICY owner_insert ON identity_request FOR INSERT TO CURRENT_USER WITH CHECK (true);
CREATE POLICY owner_select ON tip_receipt FOR SELECT TO CURRENT_USER USING (true);
CREATE POLICY owner_keeps_back ON tip_message FOR SELECT TO CURRENT_USER USING (true);
CREATE POLICY owner_keeps_back ON tip_attachment FOR SELECT TO CURRENT_USER USING (true);
