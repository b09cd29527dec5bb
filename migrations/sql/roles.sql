-- Roles belong to the whole server: another database of it may be creating them at this moment.
-- Whoever migrates joins them, for the application may log in with the same name; a superuser
-- acts in every role already.
DO $$
DECLARE role text;
BEGIN
  FOREACH role IN ARRAY ARRAY[
    'binhyen_runtime', 'binhyen_intake', 'binhyen_auditor', 'binhyen_sealer', 'binhyen_informant',
    'binhyen_vault', 'binhyen_keeper'
  ] LOOP
    BEGIN
      IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = role) THEN
        EXECUTE format('CREATE ROLE %I NOLOGIN', role);
      END IF;
    EXCEPTION
      WHEN duplicate_object OR unique_violation THEN NULL;
      WHEN insufficient_privilege THEN
        RAISE EXCEPTION 'the role % is missing, and % may not make it', role, current_user
        USING ERRCODE = 'insufficient_privilege',
              HINT = format('an administrator runs: CREATE ROLE %1$I NOLOGIN; GRANT %1$I TO %2$I',
                            role, current_user);
    END;
    BEGIN
      IF NOT (SELECT rolsuper FROM pg_roles WHERE rolname = current_user) THEN
        EXECUTE format('GRANT %I TO %I', role, current_user);
      END IF;
    EXCEPTION WHEN insufficient_privilege THEN NULL;
    END;
  END LOOP;
END $$;
