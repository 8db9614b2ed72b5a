-- The fence between flushes and changes of state, and the functions through which the roles without a
-- table reach what they need. Each is owned by a role that logs in nowhere and has policies of its own on
-- just the tables it needs.

CREATE TABLE nodes (
    node       text COLLATE "C" PRIMARY KEY CHECK (node <> ''),
    generation bigint NOT NULL,
    started_at timestamptz NOT NULL DEFAULT clock_timestamp()
);

CREATE TABLE flushes (
    node       text COLLATE "C" NOT NULL,
    generation bigint NOT NULL,
    number     bigint NOT NULL,
    xid        xid8 NOT NULL DEFAULT pg_current_xact_id(),
    at         timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (node, generation, number)
);
CREATE INDEX flushes_by_time ON flushes USING brin (at);

-- How often a tenant's policies, keys, grants or suspensions changed; a tenant without a row stands at 0.
CREATE TABLE epochs (
    tenant text COLLATE "C" PRIMARY KEY CHECK (tenant <> ''),
    epoch  bigint NOT NULL
) WITH (fillfactor = 60);
INSERT INTO epochs VALUES ('platform', 1);

ALTER TABLE epochs ENABLE ROW LEVEL SECURITY;
ALTER TABLE epochs FORCE ROW LEVEL SECURITY;
GRANT SELECT ON epochs TO flush_fn, door_fn;
GRANT SELECT, INSERT, UPDATE ON epochs TO state_fn;
CREATE POLICY flush_reads ON epochs FOR SELECT TO flush_fn USING (true);
CREATE POLICY door_reads ON epochs FOR SELECT TO door_fn USING (true);
CREATE POLICY state_raises ON epochs TO state_fn USING (true);

GRANT SELECT, INSERT, UPDATE ON nodes TO flush_fn;
GRANT SELECT, INSERT, DELETE ON flushes TO flush_fn;

GRANT SELECT ON tenants, api_keys TO door_fn;
CREATE POLICY door_reads ON tenants FOR SELECT TO door_fn USING (true);
CREATE POLICY door_reads ON api_keys FOR SELECT TO door_fn USING (true);

-- The advisory lock of the fence: shared by flushes, exclusive for changes of state. The one place that
-- knows its number.
CREATE FUNCTION fence_key() RETURNS bigint LANGUAGE sql IMMUTABLE PARALLEL SAFE RETURN 6002138461923487745;

-- Whether this transaction holds the fence alone.
CREATE FUNCTION fence_held() RETURNS boolean LANGUAGE sql VOLATILE
    SET search_path = ${flyway:defaultSchema}, pg_temp
BEGIN ATOMIC
    SELECT EXISTS (
        SELECT FROM pg_locks
        WHERE locktype = 'advisory' AND pid = pg_backend_pid() AND mode = 'ExclusiveLock' AND granted
          AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
          AND objsubid = 1 AND (classid::bigint << 32) | objid::bigint = fence_key());
END;

-- door ------------------------------------------------------------------------------------------------

-- The key with this hash, and what else decides whether it may be used; no row when there is none.
CREATE FUNCTION door_identify(p_hash bytea)
    RETURNS TABLE (tenant text, id text, lineage text, role text, scopes text[], purpose text,
                   expires_at timestamptz, revoked boolean, tenant_epoch bigint, platform_epoch bigint, tenant_deleted boolean)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ${flyway:defaultSchema}, pg_temp
BEGIN ATOMIC
    SELECT k.tenant, k.id, k.lineage, k.role, k.scopes, k.purpose, k.expires_at, k.revoked_at IS NOT NULL,
           coalesce((SELECT e.epoch FROM epochs e WHERE e.tenant = k.tenant), 0),
           coalesce((SELECT e.epoch FROM epochs e WHERE e.tenant = 'platform'), 0),
           t.deleted_at IS NOT NULL
    FROM api_keys k JOIN tenants t ON t.tenant = k.tenant
    WHERE k.hash = p_hash;
END;

-- The tenants that are not deleted, 'platform' among them, in order.
CREATE FUNCTION door_tenants() RETURNS SETOF text
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ${flyway:defaultSchema}, pg_temp
BEGIN ATOMIC
    SELECT t.tenant FROM tenants t WHERE t.deleted_at IS NULL ORDER BY t.tenant;
END;

-- app -------------------------------------------------------------------------------------------------

-- Shuts flushes out until the transaction ends. Called before the first write of a change of state, so that
-- transaction ids are given in the order in which decisions are made.
CREATE FUNCTION state_lock() RETURNS void LANGUAGE plpgsql VOLATILE
    SET search_path = ${flyway:defaultSchema}, pg_temp
AS $$
BEGIN
    IF fence_held() THEN
        RETURN;
    END IF;
    IF pg_current_xact_id_if_assigned() IS NOT NULL THEN
        RAISE EXCEPTION 'state_lock() must come before the first write' USING ERRCODE = 'SP002';
    END IF;
    PERFORM pg_advisory_xact_lock(fence_key());
END $$;

-- Raises a tenant's epoch, 'platform' raising everyone's, and returns the new one.
CREATE FUNCTION epoch_raise(p_tenant text) RETURNS bigint
    LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = ${flyway:defaultSchema}, pg_temp
AS $$
DECLARE
    raised bigint;
BEGIN
    IF NOT fence_held() THEN
        RAISE EXCEPTION 'epoch_raise() needs state_lock()' USING ERRCODE = 'SP002';
    END IF;
    INSERT INTO epochs AS e VALUES (p_tenant, 1)
        ON CONFLICT (tenant) DO UPDATE SET epoch = e.epoch + 1
        RETURNING e.epoch INTO raised;
    RETURN raised;
END $$;

-- The epochs of the transaction's tenant and of the platform: read first, then read the state they stand for.
CREATE FUNCTION epochs_read() RETURNS TABLE (tenant_epoch bigint, platform_epoch bigint)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ${flyway:defaultSchema}, pg_temp
BEGIN ATOMIC
    SELECT coalesce((SELECT e.epoch FROM epochs e WHERE e.tenant = current_tenant()), 0),
           coalesce((SELECT e.epoch FROM epochs e WHERE e.tenant = 'platform'), 0);
END;

-- Appends the record of an act of the transaction's tenant.
CREATE FUNCTION record_act(p_id text, p_retention_class text, p_recorded_at timestamptz, p_digest bytea, p_record bytea)
    RETURNS void LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = ${flyway:defaultSchema}, pg_temp
BEGIN ATOMIC
    INSERT INTO records (tenant, id, retention_class, recorded_at, digest, record)
    VALUES (current_tenant(), p_id, p_retention_class, p_recorded_at, p_digest, p_record);
END;

-- ledger_writer ---------------------------------------------------------------------------------------

-- Begins a generation of a node and returns it. One node at a time: all others are retired by raising
-- theirs, so that a node that wakes up late fails at the fence.
CREATE FUNCTION node_start(p_node text) RETURNS bigint
    LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = ${flyway:defaultSchema}, pg_temp
AS $$
DECLARE
    started bigint;
BEGIN
    PERFORM pg_advisory_xact_lock(fence_key());
    UPDATE nodes SET generation = generation + 1 WHERE node <> p_node;
    INSERT INTO nodes AS n VALUES (p_node, 1)
        ON CONFLICT (node) DO UPDATE SET generation = n.generation + 1, started_at = clock_timestamp()
        RETURNING n.generation INTO started;
    RETURN started;
END $$;

-- Begins a flush, as the first statement of its transaction, and returns the tenants whose calls must be
-- decided again: those whose epoch is no longer the given one, and 'platform' (meaning all) when the
-- platform's is not. SP001: the generation is retired. 23505: this flush has committed before.
-- Every statement of a VOLATILE function has a snapshot of its own, so what is read after the lock is
-- newer than the lock; in one statement with it the check would pass wrongly.
CREATE FUNCTION flush_begin(p_node text, p_generation bigint, p_number bigint,
                            p_tenants text[], p_epochs bigint[], p_platform_epoch bigint) RETURNS text[]
    LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = ${flyway:defaultSchema}, pg_temp
AS $$
BEGIN
    IF current_setting('transaction_isolation') <> 'read committed' THEN
        RAISE EXCEPTION 'a flush needs READ COMMITTED' USING ERRCODE = 'SP002';
    END IF;
    IF cardinality(p_tenants) <> cardinality(p_epochs) THEN
        RAISE EXCEPTION 'as many epochs as tenants' USING ERRCODE = 'SP002';
    END IF;
    PERFORM pg_advisory_xact_lock_shared(fence_key());
    INSERT INTO flushes (node, generation, number) VALUES (p_node, p_generation, p_number);
    IF NOT EXISTS (SELECT FROM nodes n WHERE n.node = p_node AND n.generation = p_generation) THEN
        RAISE EXCEPTION 'this node''s generation is retired' USING ERRCODE = 'SP001';
    END IF;
    RETURN ARRAY(
        SELECT u.tenant
        FROM (SELECT * FROM unnest(p_tenants, p_epochs) AS given (tenant, epoch)
              UNION ALL SELECT 'platform', p_platform_epoch) u
        LEFT JOIN epochs e ON e.tenant = u.tenant
        GROUP BY u.tenant
        HAVING bool_or(coalesce(e.epoch, 0) IS DISTINCT FROM u.epoch)
        ORDER BY u.tenant);
END $$;

-- Adds rows to the sums of budgets, in key order: otherwise two flushes would wait for each other.
CREATE FUNCTION charge(p_tenants text[], p_budgets text[], p_windows timestamptz[], p_rows bigint[]) RETURNS void
    LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = ${flyway:defaultSchema}, pg_temp
AS $$
BEGIN
    IF EXISTS (SELECT FROM unnest(p_rows) AS r WHERE r IS NULL OR r < 0) THEN
        RAISE EXCEPTION 'a charge is never negative' USING ERRCODE = 'SP002';
    END IF;
    INSERT INTO budget_sums AS s (tenant, budget, window_start, used)
        SELECT c.tenant, c.budget, c.window_start, sum(c.charged)
        FROM (SELECT g.tenant COLLATE "C" AS tenant, g.budget COLLATE "C" AS budget, g.window_start, g.charged
              FROM unnest(p_tenants, p_budgets, p_windows, p_rows)
                  AS g (tenant, budget, window_start, charged)) c
        GROUP BY c.tenant, c.budget, c.window_start
        ORDER BY c.tenant, c.budget, c.window_start
        ON CONFLICT (tenant, budget, window_start) DO UPDATE SET used = s.used + excluded.used;
END $$;

-- What each window has been charged, in the order given; 0 when nothing.
CREATE FUNCTION budgets_used(p_tenants text[], p_budgets text[], p_windows timestamptz[]) RETURNS bigint[]
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ${flyway:defaultSchema}, pg_temp
BEGIN ATOMIC
    SELECT ARRAY(
        SELECT coalesce(s.used, 0)
        FROM unnest(p_tenants, p_budgets, p_windows) WITH ORDINALITY AS c (tenant, budget, window_start, place)
        LEFT JOIN budget_sums s
            ON s.tenant = c.tenant AND s.budget = c.budget AND s.window_start = c.window_start
        ORDER BY c.place);
END;

-- janitor ---------------------------------------------------------------------------------------------

-- Forgets at most ten thousand flush ids older than p_age, which is at least an hour, and returns how many:
-- an id is needed only while somebody may still send its flush again.
CREATE FUNCTION flushes_prune(p_age interval) RETURNS bigint
    LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = ${flyway:defaultSchema}, pg_temp
AS $$
DECLARE
    pruned bigint;
BEGIN
    IF p_age < interval '1 hour' THEN
        RAISE EXCEPTION 'a flush id is kept for an hour at least' USING ERRCODE = 'SP002';
    END IF;
    DELETE FROM flushes WHERE ctid = ANY (ARRAY(
        SELECT f.ctid FROM flushes f WHERE f.at < clock_timestamp() - p_age LIMIT 10000));
    GET DIAGNOSTICS pruned = ROW_COUNT;
    RETURN pruned;
END $$;

-- Who may call what ------------------------------------------------------------------------------------

REVOKE ALL ON ALL FUNCTIONS IN SCHEMA ${flyway:defaultSchema} FROM PUBLIC;
GRANT EXECUTE ON FUNCTION fence_key(), fence_held() TO app, state_fn, flush_fn;

GRANT EXECUTE ON FUNCTION door_identify(bytea), door_tenants() TO door;
GRANT EXECUTE ON FUNCTION state_lock(), epoch_raise(text), epochs_read(),
    record_act(text, text, timestamptz, bytea, bytea) TO app;
GRANT EXECUTE ON FUNCTION node_start(text), flush_begin(text, bigint, bigint, text[], bigint[], bigint),
    charge(text[], text[], timestamptz[], bigint[]),
    budgets_used(text[], text[], timestamptz[]) TO ledger_writer;
GRANT EXECUTE ON FUNCTION flushes_prune(interval) TO janitor;

ALTER FUNCTION door_identify(bytea) OWNER TO door_fn;
ALTER FUNCTION door_tenants() OWNER TO door_fn;
ALTER FUNCTION epoch_raise(text) OWNER TO state_fn;
ALTER FUNCTION epochs_read() OWNER TO state_fn;
ALTER FUNCTION record_act(text, text, timestamptz, bytea, bytea) OWNER TO state_fn;
ALTER FUNCTION node_start(text) OWNER TO flush_fn;
ALTER FUNCTION flush_begin(text, bigint, bigint, text[], bigint[], bigint) OWNER TO flush_fn;
ALTER FUNCTION charge(text[], text[], timestamptz[], bigint[]) OWNER TO flush_fn;
ALTER FUNCTION budgets_used(text[], text[], timestamptz[]) OWNER TO flush_fn;
ALTER FUNCTION flushes_prune(interval) OWNER TO flush_fn;
