-- The time of a request as the application has it, so that both say the same moment for its end; the
-- database's own where none was told.
CREATE FUNCTION request_time() RETURNS timestamptz LANGUAGE sql STABLE AS
$$ SELECT coalesce(nullif(current_setting('binhyen.at', true), '')::timestamptz, now()) $$;
