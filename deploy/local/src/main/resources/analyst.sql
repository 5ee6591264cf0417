-- Run at every start, before the services: the login of analysts on this machine. What it may read
-- comes of the group, which the archive's migration would make otherwise; the limits of a group are
-- not inherited, so the login has them, too.
DO $$
DECLARE
    one text;
BEGIN
    FOREACH one IN ARRAY ARRAY['battlestream_analyst', 'analyst'] LOOP
        IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = one) THEN
            EXECUTE format('CREATE ROLE %I NOLOGIN', one);
            EXECUTE format('ALTER ROLE %I SET default_transaction_read_only = on', one);
            EXECUTE format('ALTER ROLE %I SET statement_timeout = ''60s''', one);
            EXECUTE format('ALTER ROLE %I SET idle_in_transaction_session_timeout = ''60s''', one);
            EXECUTE format('ALTER ROLE %I SET idle_session_timeout = ''1h''', one);
        END IF;
    END LOOP;
    EXECUTE format('ALTER ROLE analyst LOGIN CONNECTION LIMIT 10 PASSWORD %L',
                   current_setting('battlestream.analyst_password'));
END $$;
ALTER ROLE analyst SET temp_file_limit = '2GB';
GRANT battlestream_analyst TO analyst;

-- What everybody may do by default, and an analyst need not: fill the disk, or look elsewhere.
REVOKE TEMPORARY ON DATABASE battlestream FROM PUBLIC;
REVOKE CONNECT ON DATABASE registry, postgres FROM PUBLIC;
REVOKE EXECUTE ON FUNCTION lo_creat(integer), lo_create(oid), lo_from_bytea(oid, bytea) FROM PUBLIC;
