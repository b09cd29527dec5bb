-- Rights on cases: the application cannot delete, and the keeper purges.
GRANT SELECT, INSERT, UPDATE ON
    reintegration_case, reintegration_assignment, reintegration_identity, reintegration_need,
    reintegration_action, reintegration_contact, reintegration_support, reintegration_consent,
    reintegration_request, reintegration_transfer, reintegration_hold
TO binhyen_runtime;
GRANT SELECT, UPDATE, DELETE ON reintegration_case TO binhyen_keeper;
GRANT SELECT ON reintegration_hold TO binhyen_keeper;
GRANT SELECT, INSERT ON reintegration_episode TO binhyen_keeper;
GRANT SELECT, DELETE ON
    reintegration_assignment, reintegration_identity, reintegration_need, reintegration_action,
    reintegration_contact, reintegration_support, reintegration_consent, reintegration_request,
    reintegration_transfer
TO binhyen_keeper;
GRANT SELECT ON reintegration_cohort TO binhyen_runtime;
