-- How often anything changed that calls are decided by, of whatever tenant. A change of the platform's layer is checked
-- against every tenant's, and holds only while none of these has changed since.
CREATE FUNCTION epochs_total() RETURNS bigint
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ${flyway:defaultSchema}, pg_temp
BEGIN ATOMIC
    SELECT coalesce(sum(e.epoch), 0)::bigint FROM epochs e;
END;

REVOKE ALL ON FUNCTION epochs_total() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION epochs_total() TO app;
ALTER FUNCTION epochs_total() OWNER TO state_fn;
