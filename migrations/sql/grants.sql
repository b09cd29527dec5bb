GRANT USAGE ON SCHEMA public TO
    binhyen_runtime, binhyen_sealer, binhyen_auditor, binhyen_intake, binhyen_informant,
    binhyen_vault, binhyen_keeper;

-- The application. It cannot touch a table that is not listed here.
GRANT SELECT ON
    alembic_version, audit_link, audit_seal, audit_waiting, rating_terms, tip_attachment,
    unit_dated
TO binhyen_runtime;

GRANT SELECT, INSERT ON
    audit_entry, deadline_event, deadline_extension_step, outbox, tip_count, tip_message,
    tip_redaction, transition
TO binhyen_runtime;

GRANT SELECT, UPDATE ON tip, tip_likeness, tip_stub, tip_text TO binhyen_runtime;

GRANT SELECT, DELETE ON kept_receipt, spent_work TO binhyen_runtime;

GRANT SELECT, INSERT, UPDATE ON
    account, attachment, calendar, calendar_day, client, commendation, committee, deadline,
    deadline_rule, document, exemplar, former_committee, identity_request, invitation, model,
    model_host, model_member, model_recognition, model_review, model_review_rule, model_type,
    retention_rule, role_grant, service_rating, stated_tally, team, team_member, team_size_rule,
    team_term, team_training, tip_assignment, tip_desk, tip_hold, tip_transfer, unit,
    unit_parent, unit_reorganisation, unit_version
TO binhyen_runtime;

GRANT SELECT, INSERT, DELETE ON tip_link TO binhyen_runtime;

GRANT SELECT, INSERT, UPDATE, DELETE ON
    auth_session, authorization_code, document_link, job_fault, kept_answer, model_type_name,
    procrastinate_events, procrastinate_jobs, procrastinate_periodic_defers,
    procrastinate_workers, refresh_token, spent_assertion, team_equipment, unit_succession,
    unknown_login
TO binhyen_runtime;

-- Appends links and seals to the audit chain.
GRANT SELECT ON audit_entry TO binhyen_sealer;

GRANT SELECT, INSERT ON audit_link, audit_seal TO binhyen_sealer;

GRANT SELECT, DELETE ON audit_waiting TO binhyen_sealer;

-- Copies the audit.
GRANT SELECT ON audit_entry, audit_link, audit_seal, audit_waiting TO binhyen_auditor;

-- Registers tips: reads the map and the rules of law; of tips it only inserts.
GRANT SELECT ON
    calendar, calendar_day, deadline_extension_step, deadline_rule, tip_desk, unit, unit_dated,
    unit_parent, unit_succession, unit_version
TO binhyen_intake;

GRANT INSERT ON
    deadline, deadline_event, kept_receipt, outbox, spent_work, tip, tip_attachment,
    tip_identity, tip_likeness, tip_message, tip_receipt, tip_text
TO binhyen_intake;

GRANT SELECT, INSERT ON tip_count TO binhyen_intake;

-- Reads the tip that a receipt leads to.
GRANT SELECT ON
    identity_request, tip, tip_attachment, tip_message, tip_receipt, tip_text
TO binhyen_informant;

-- Reads the identities of informants.
GRANT SELECT ON tip, tip_assignment, tip_identity, unit TO binhyen_vault;

GRANT INSERT ON audit_entry, outbox, transition TO binhyen_vault;

GRANT SELECT, UPDATE ON identity_request TO binhyen_vault;

-- Deletes tips whose retention has ended.
GRANT SELECT ON retention_rule, tip_hold, tip_stub, unit TO binhyen_keeper;

GRANT INSERT ON audit_entry, transition TO binhyen_keeper;

GRANT SELECT, UPDATE ON tip TO binhyen_keeper;

GRANT SELECT, DELETE ON
    deadline, deadline_event, identity_request, kept_receipt, tip_assignment, tip_attachment,
    tip_identity, tip_likeness, tip_link, tip_message, tip_receipt, tip_redaction, tip_text,
    tip_transfer
TO binhyen_keeper;

GRANT SELECT, INSERT, DELETE ON outbox TO binhyen_keeper;

-- The key to which answers to an informant are encrypted.
GRANT SELECT (tip_id, public_key) ON tip_receipt TO binhyen_runtime;

GRANT USAGE ON SEQUENCE
    procrastinate_events_id_seq,
    procrastinate_jobs_id_seq,
    procrastinate_periodic_defers_id_seq,
    procrastinate_workers_id_seq
TO binhyen_runtime;

-- Functions that act as the owner: nobody may call them unless said here.
REVOKE ALL ON FUNCTION
    audit_wait, clock_of_tip, keep_back, place_records, protect_by_place, protect_tips, take_tip,
    tell_overdue_tips, tell_stubs, tip_of_receipt, tip_still_kept, tip_tallies
FROM PUBLIC;
GRANT EXECUTE ON FUNCTION place_records, take_tip, tell_overdue_tips, tip_tallies TO binhyen_runtime;
GRANT EXECUTE ON FUNCTION tip_of_receipt TO binhyen_informant;
