-- Several nodes at once: each holds shares of the budgets under a generation of its own, and is given up by the
-- others when it is not heard of for the lease.

-- The session is the process that holds the name. A node without seen_at has left or was given up: its generation has
-- been raised, so that nothing of the old one is written or counted any more.
ALTER TABLE nodes
    ADD COLUMN session text NOT NULL DEFAULT '',
    ADD COLUMN seen_at timestamptz;

-- What a node was granted of one window of one budget, and what it has charged of that. A flush adds to its own
-- node's rows only. The grant counts under its generation alone; of an older one nothing but what was charged does.
-- A window of a sliding budget is one of its buckets, and counts_until is when the last sum that holds it is over.
-- Room in each page, so that a charge rewrites no index.
CREATE TABLE budget_shares (
    tenant       text COLLATE "C" NOT NULL,
    budget       text COLLATE "C" NOT NULL,
    window_start timestamptz NOT NULL,
    node         text COLLATE "C" NOT NULL,
    generation   bigint NOT NULL,
    counts_until timestamptz NOT NULL,
    granted      bigint NOT NULL,
    used         bigint NOT NULL CHECK (used >= 0),
    CHECK (used <= granted),
    PRIMARY KEY (tenant, budget, window_start, node)
) WITH (fillfactor = 60);
CREATE INDEX budget_shares_by_end ON budget_shares (counts_until);

-- Sums of before, as of a node that has no name and no generation. The owner's own reading ends at row-level security.
ALTER TABLE budget_sums NO FORCE ROW LEVEL SECURITY;
INSERT INTO budget_shares
    SELECT s.tenant, s.budget, s.window_start, '', 0,
           coalesce((s.window_start AT TIME ZONE w.parts[2] + w.parts[1]::interval) AT TIME ZONE w.parts[2],
                    s.window_start + interval '366 days'),
           s.used, s.used
    FROM budget_sums s, regexp_match(s.budget, 'window=(\S+) kind=calendar zone=(\S+)$') AS w (parts);
DROP FUNCTION node_start(text), charge(text[], text[], timestamptz[], bigint[]),
    budgets_used(text[], text[], timestamptz[]);
DROP TABLE budget_sums;

ALTER TABLE budget_shares ENABLE ROW LEVEL SECURITY;
ALTER TABLE budget_shares FORCE ROW LEVEL SECURITY;
GRANT SELECT ON budget_shares TO app;
CREATE POLICY app_tenant ON budget_shares FOR SELECT TO app USING (tenant = current_tenant());
GRANT SELECT, INSERT, UPDATE, DELETE ON budget_shares TO flush_fn;
CREATE POLICY flush_charges ON budget_shares TO flush_fn USING (true);

-- An instant from microseconds since the epoch; exact for any time that a record may have.
CREATE FUNCTION at_micros(p_micros bigint) RETURNS timestamptz LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN to_timestamp(p_micros / 1000000::float8);

-- The life of a node ---------------------------------------------------------------------------------

-- Begins a generation of a node for a process, and returns it. Another process of the same name is retired by that.
CREATE FUNCTION node_start(p_node text, p_session text) RETURNS bigint
    LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = ${flyway:defaultSchema}, pg_temp
AS $$
DECLARE
    started bigint;
BEGIN
    PERFORM pg_advisory_xact_lock(fence_key());
    INSERT INTO nodes AS n (node, generation, session, seen_at) VALUES (p_node, 1, p_session, clock_timestamp())
        ON CONFLICT (node) DO UPDATE SET generation = n.generation + 1, session = excluded.session,
            started_at = clock_timestamp(), seen_at = clock_timestamp()
        RETURNING n.generation INTO started;
    RETURN started;
END $$;

-- Begins another generation for the process that holds the name, and returns it; null when another process does.
CREATE FUNCTION node_rejoin(p_node text, p_session text) RETURNS bigint
    LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = ${flyway:defaultSchema}, pg_temp
AS $$
DECLARE
    started bigint;
BEGIN
    PERFORM pg_advisory_xact_lock(fence_key());
    UPDATE nodes n SET generation = n.generation + 1, seen_at = clock_timestamp()
        WHERE n.node = p_node AND n.session = p_session
        RETURNING n.generation INTO started;
    RETURN started;
END $$;

-- Says that a node lives. Returns whether its generation is current, how many other nodes have not been heard of for
-- p_lease, and the sum of all epochs. A node that was itself not heard of for half of that counts none: where the
-- database was away from everybody, the others are given time to be heard of.
CREATE FUNCTION node_beat(p_node text, p_generation bigint, p_lease interval,
                          OUT current boolean, OUT lost integer, OUT epochs_total bigint)
    LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = ${flyway:defaultSchema}, pg_temp
AS $$
DECLARE
    before timestamptz;
BEGIN
    SELECT n.seen_at INTO before FROM nodes n WHERE n.node = p_node;
    UPDATE nodes n SET seen_at = clock_timestamp() WHERE n.node = p_node AND n.generation = p_generation;
    current := FOUND;
    SELECT count(*) INTO lost FROM nodes n
        WHERE n.node <> p_node AND n.seen_at < clock_timestamp() - p_lease
          AND before > clock_timestamp() - p_lease / 2;
    SELECT coalesce(sum(e.epoch), 0) INTO epochs_total FROM epochs e;
END $$;

-- Gives up the nodes that have not been heard of for p_lease, and returns their names. Flushes under way end first;
-- one that comes later under the old generation fails at the fence.
CREATE FUNCTION nodes_reclaim(p_lease interval) RETURNS SETOF text
    LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = ${flyway:defaultSchema}, pg_temp
AS $$
BEGIN
    PERFORM pg_advisory_xact_lock(fence_key());
    RETURN QUERY UPDATE nodes n SET generation = n.generation + 1, seen_at = NULL
        WHERE n.seen_at < clock_timestamp() - p_lease RETURNING n.node;
END $$;

-- Ends a generation: nothing is written under it any more, and what it held and did not charge is free.
CREATE FUNCTION node_leave(p_node text, p_generation bigint) RETURNS void
    LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = ${flyway:defaultSchema}, pg_temp
AS $$
BEGIN
    PERFORM pg_advisory_xact_lock(fence_key());
    UPDATE nodes n SET generation = n.generation + 1, seen_at = NULL
        WHERE n.node = p_node AND n.generation = p_generation;
END $$;

-- The epochs of all tenants, 'platform' among them.
CREATE FUNCTION epochs_all() RETURNS TABLE (tenant text, epoch bigint)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ${flyway:defaultSchema}, pg_temp
BEGIN ATOMIC
    SELECT e.tenant, e.epoch FROM epochs e;
END;

-- Shares ---------------------------------------------------------------------------------------------

-- Adds rows to what a node has charged, one row of the table a budget, in key order as everybody: otherwise two would
-- wait for each other. SP001: the generation was not granted so much.
CREATE FUNCTION charge(p_node text, p_generation bigint,
                       p_tenants text[], p_budgets text[], p_windows bigint[], p_rows bigint[]) RETURNS void
    LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = ${flyway:defaultSchema}, pg_temp
AS $$
DECLARE
    c record;
BEGIN
    IF EXISTS (SELECT FROM unnest(p_rows) AS r WHERE r IS NULL OR r < 0) THEN
        RAISE EXCEPTION 'a charge is never negative' USING ERRCODE = 'SP002';
    END IF;
    FOR c IN SELECT g.tenant COLLATE "C" AS tenant, g.budget COLLATE "C" AS budget, g.started, sum(g.charged) AS charged
             FROM unnest(p_tenants, p_budgets, p_windows, p_rows) AS g (tenant, budget, started, charged)
             GROUP BY 1, 2, 3 ORDER BY 1, 2, 3 LOOP
        UPDATE budget_shares s SET used = s.used + c.charged
            WHERE s.tenant = c.tenant AND s.budget = c.budget AND s.window_start = at_micros(c.started)
              AND s.node = p_node AND s.generation = p_generation AND s.used + c.charged <= s.granted;
        IF NOT FOUND THEN
            RAISE EXCEPTION 'this generation was not granted what it charges' USING ERRCODE = 'SP001';
        END IF;
    END LOOP;
END $$;

-- Grants rows of budgets to a node for a batch of calls, and takes back what it does not need, in one transaction.
-- The windows come distinct, with what is given back of each; p_froms to p_untils
-- are the first and last start whose shares count against the limit, and p_ends when the window itself is over. The
-- asks come sorted by call and name their window by its place. A call is granted all that it asks or nothing; where
-- p_blocks is not 0, up to so many rows beyond, an eighth of what is left at most. Returns for each ask what was
-- granted, null where its call was refused; for each window what is spoken for now and the first start that holds
-- any; and the time. A window that is not of now, by more than a second, refuses its calls: ask again by that time.
-- SP001: the generation is retired.
CREATE FUNCTION budget_take(
        p_node text, p_generation bigint,
        p_tenants text[], p_budgets text[], p_starts bigint[], p_ends bigint[], p_froms bigint[], p_untils bigint[],
        p_gives bigint[],
        p_calls integer[], p_places integer[], p_limits bigint[], p_rows bigint[], p_blocks bigint[],
        OUT granted bigint[], OUT spoken bigint[], OUT oldest bigint[], OUT late boolean[], OUT now_at timestamptz)
    LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = ${flyway:defaultSchema}, pg_temp
AS $$
DECLARE
    stripe integer;
    added bigint[] := array_fill(0::bigint, ARRAY[cardinality(p_tenants)]);
    asks integer := cardinality(p_calls);
    i integer := 1;
    j integer;
    place integer;
    room bigint;
    fits boolean;
    d record;
BEGIN
    PERFORM pg_advisory_xact_lock_shared(fence_key());
    IF NOT EXISTS (SELECT FROM nodes n WHERE n.node = p_node AND n.generation = p_generation) THEN
        RAISE EXCEPTION 'this node''s generation is retired' USING ERRCODE = 'SP001';
    END IF;
    -- Who takes of a budget is alone with it until the end of the transaction. Stripes, not rows: a call that is
    -- refused writes nothing.
    FOR stripe IN SELECT DISTINCT hashtextextended(g.tenant || E'\n' || g.budget, 0) & 255
                  FROM unnest(p_tenants, p_budgets) AS g (tenant, budget) ORDER BY 1 LOOP
        PERFORM pg_advisory_xact_lock(budget_stripe_class(), stripe);
    END LOOP;
    now_at := clock_timestamp();
    SELECT array_agg(coalesce(s.sum, 0) - w.give ORDER BY w.place), array_agg(s.oldest ORDER BY w.place),
           array_agg(now_at < at_micros(w.starts) - interval '1 second'
                     OR now_at >= at_micros(w.ends) + interval '1 second' ORDER BY w.place)
        INTO spoken, oldest, late
        FROM unnest(p_tenants, p_budgets, p_starts, p_ends, p_froms, p_untils, p_gives)
            WITH ORDINALITY AS w (tenant, budget, starts, ends, froms, untils, give, place)
        LEFT JOIN LATERAL (
            SELECT sum(h.held)::bigint AS sum,
                   (extract(epoch FROM min(h.window_start) FILTER (WHERE h.held > 0)) * 1000000)::bigint AS oldest
            FROM (SELECT b.window_start,
                         CASE WHEN b.generation = n.generation THEN b.granted ELSE b.used END AS held
                  FROM budget_shares b LEFT JOIN nodes n ON n.node = b.node
                  WHERE b.tenant = w.tenant AND b.budget = w.budget
                    AND b.window_start BETWEEN at_micros(w.froms) AND at_micros(w.untils)) h) s ON true;
    FOR i IN 1 .. cardinality(p_tenants) LOOP
        added[i] := -p_gives[i];
    END LOOP;
    granted := array_fill(NULL::bigint, ARRAY[asks]);
    i := 1;
    WHILE i <= asks LOOP
        fits := true;
        j := i;
        WHILE j <= asks AND p_calls[j] = p_calls[i] LOOP
            place := p_places[j];
            IF late[place] OR (p_rows[j] > 0 AND spoken[place] + p_rows[j] > p_limits[j]) THEN
                fits := false;
            END IF;
            j := j + 1;
        END LOOP;
        IF fits THEN
            FOR k IN i .. j - 1 LOOP
                place := p_places[k];
                room := 0;
                IF p_rows[k] > 0 THEN
                    room := greatest(p_rows[k], least(p_blocks[k], (p_limits[k] - spoken[place]) / 8));
                END IF;
                granted[k] := room;
                spoken[place] := spoken[place] + room;
                added[place] := added[place] + room;
            END LOOP;
        END IF;
        i := j;
    END LOOP;
    FOR d IN SELECT w.* FROM unnest(p_tenants, p_budgets, p_starts, p_ends, p_froms, p_untils, added)
                 WITH ORDINALITY AS w (tenant, budget, starts, ends, froms, untils, delta, place)
             WHERE w.delta <> 0 ORDER BY w.tenant COLLATE "C", w.budget COLLATE "C", w.starts LOOP
        UPDATE budget_shares s
            SET granted = d.delta + CASE WHEN s.generation = p_generation THEN s.granted ELSE s.used END,
                generation = p_generation
            WHERE s.tenant = d.tenant AND s.budget = d.budget AND s.window_start = at_micros(d.starts)
              AND s.node = p_node;
        IF NOT FOUND THEN
            INSERT INTO budget_shares
                VALUES (d.tenant, d.budget, at_micros(d.starts), p_node, p_generation,
                        at_micros(d.ends + (d.starts - d.froms)), d.delta, 0);
        END IF;
    END LOOP;
END $$;

-- Forgets at most ten thousand shares that have not counted for p_age, which is at least a day, and returns how many.
CREATE FUNCTION budget_shares_prune(p_age interval) RETURNS bigint
    LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = ${flyway:defaultSchema}, pg_temp
AS $$
DECLARE
    pruned bigint;
BEGIN
    IF p_age < interval '1 day' THEN
        RAISE EXCEPTION 'a share is kept for a day at least' USING ERRCODE = 'SP002';
    END IF;
    DELETE FROM budget_shares WHERE ctid = ANY (ARRAY(
        SELECT s.ctid FROM budget_shares s WHERE s.counts_until < clock_timestamp() - p_age LIMIT 10000));
    GET DIAGNOSTICS pruned = ROW_COUNT;
    RETURN pruned;
END $$;

-- Who may call what ------------------------------------------------------------------------------------

-- The class of the advisory locks of budgets, apart from the fence's, which is one number.
CREATE FUNCTION budget_stripe_class() RETURNS integer LANGUAGE sql IMMUTABLE PARALLEL SAFE RETURN 1397773901;

REVOKE ALL ON FUNCTION at_micros(bigint), budget_stripe_class(), node_start(text, text), node_rejoin(text, text),
    node_beat(text, bigint, interval), nodes_reclaim(interval), node_leave(text, bigint), epochs_all(),
    charge(text, bigint, text[], text[], bigint[], bigint[]),
    budget_take(text, bigint, text[], text[], bigint[], bigint[], bigint[], bigint[], bigint[],
                integer[], integer[], bigint[], bigint[], bigint[]),
    budget_shares_prune(interval) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION at_micros(bigint), budget_stripe_class() TO flush_fn;
GRANT EXECUTE ON FUNCTION node_start(text, text), node_rejoin(text, text),
    node_beat(text, bigint, interval), nodes_reclaim(interval), node_leave(text, bigint), epochs_all(),
    charge(text, bigint, text[], text[], bigint[], bigint[]),
    budget_take(text, bigint, text[], text[], bigint[], bigint[], bigint[], bigint[], bigint[],
                integer[], integer[], bigint[], bigint[], bigint[]) TO ledger_writer;
GRANT EXECUTE ON FUNCTION budget_shares_prune(interval) TO janitor;

ALTER FUNCTION node_start(text, text) OWNER TO flush_fn;
ALTER FUNCTION node_rejoin(text, text) OWNER TO flush_fn;
ALTER FUNCTION node_beat(text, bigint, interval) OWNER TO flush_fn;
ALTER FUNCTION nodes_reclaim(interval) OWNER TO flush_fn;
ALTER FUNCTION node_leave(text, bigint) OWNER TO flush_fn;
ALTER FUNCTION epochs_all() OWNER TO flush_fn;
ALTER FUNCTION charge(text, bigint, text[], text[], bigint[], bigint[]) OWNER TO flush_fn;
ALTER FUNCTION budget_take(text, bigint, text[], text[], bigint[], bigint[], bigint[], bigint[], bigint[],
    integer[], integer[], bigint[], bigint[], bigint[]) OWNER TO flush_fn;
ALTER FUNCTION budget_shares_prune(interval) OWNER TO flush_fn;
