-- Records, payloads, and the sums of what was charged.

-- How long records of a class are kept, in months. A class is fixed when a record is written; publishing a
-- policy assigns its tenant the shortest class that covers the policy's floor.
CREATE TABLE retention_classes (
    class  text COLLATE "C" PRIMARY KEY CHECK (class ~ '^[a-z]{1,20}$'),
    months integer NOT NULL CHECK (months > 0)
);
-- long: six years (45 CFR 164.316(b)(2)(i)) and one more, since they may run from when a policy was last in effect.
INSERT INTO retention_classes VALUES ('short', 12), ('standard', 36), ('long', 84);
GRANT SELECT ON retention_classes TO app, auditor, janitor_fn;

-- The key begins with the tenant, so that it also serves the listing of a tenant's records in order, and
-- the look-up of one: a record id is a ULID, whose milliseconds are recorded_at.
CREATE TABLE records (
    tenant          text COLLATE "C" NOT NULL CHECK (tenant <> ''),
    id              text COLLATE "C" NOT NULL,
    retention_class text COLLATE "C" NOT NULL,
    recorded_at     timestamptz NOT NULL,
    xid             xid8 NOT NULL DEFAULT pg_current_xact_id(),
    digest          bytea NOT NULL CHECK (octet_length(digest) = 32),
    record          bytea NOT NULL,
    PRIMARY KEY (tenant, recorded_at, id, retention_class)
) PARTITION BY LIST (retention_class);

DO $$
DECLARE
    c text;
BEGIN
    FOR c IN SELECT class FROM retention_classes LOOP
        EXECUTE format('CREATE TABLE %I PARTITION OF records FOR VALUES IN (%L) PARTITION BY RANGE (recorded_at)',
                       'records_' || c, c);
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', 'records_' || c);
        EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', 'records_' || c);
        EXECUTE format('ALTER TABLE %I OWNER TO janitor_fn', 'records_' || c);
    END LOOP;
END $$;

CREATE TABLE payloads (
    tenant      text COLLATE "C" NOT NULL CHECK (tenant <> ''),
    record      text COLLATE "C" NOT NULL,
    recorded_at timestamptz NOT NULL,
    sealed      bytea NOT NULL,
    PRIMARY KEY (tenant, record)
);

-- Room in each page, so that adding to a sum rewrites no index.
CREATE TABLE budget_sums (
    tenant       text COLLATE "C" NOT NULL,
    budget       text COLLATE "C" NOT NULL,
    window_start timestamptz NOT NULL,
    used         bigint NOT NULL CHECK (used >= 0),
    PRIMARY KEY (tenant, budget, window_start)
) WITH (fillfactor = 60);

ALTER TABLE records ENABLE ROW LEVEL SECURITY;
ALTER TABLE records FORCE ROW LEVEL SECURITY;
ALTER TABLE payloads ENABLE ROW LEVEL SECURITY;
ALTER TABLE payloads FORCE ROW LEVEL SECURITY;
ALTER TABLE budget_sums ENABLE ROW LEVEL SECURITY;
ALTER TABLE budget_sums FORCE ROW LEVEL SECURITY;

-- A flush mixes tenants, so the writer's check cannot name one. It may read nothing back.
GRANT INSERT ON records, payloads TO ledger_writer;
CREATE POLICY writer_appends ON records FOR INSERT TO ledger_writer WITH CHECK (true);
CREATE POLICY writer_appends ON payloads FOR INSERT TO ledger_writer WITH CHECK (true);

GRANT SELECT ON records, payloads TO auditor;
CREATE POLICY auditor_scope ON records FOR SELECT TO auditor USING (tenant = current_tenant() OR platform_scope());
CREATE POLICY auditor_scope ON payloads FOR SELECT TO auditor USING (tenant = current_tenant() OR platform_scope());

-- Acts are recorded in the transaction that does them.
GRANT INSERT ON records TO state_fn;
CREATE POLICY state_appends ON records FOR INSERT TO state_fn WITH CHECK (tenant = current_tenant());

GRANT SELECT ON budget_sums TO app;
CREATE POLICY app_tenant ON budget_sums FOR SELECT TO app USING (tenant = current_tenant());
GRANT SELECT, INSERT, UPDATE ON budget_sums TO flush_fn;
CREATE POLICY flush_charges ON budget_sums TO flush_fn USING (true);

-- Only a table's owner may give it partitions, so the records belong to the role of the function that does.
-- It logs in nowhere, and row-level security is forced on it like on everyone.
ALTER TABLE records OWNER TO janitor_fn;
GRANT CREATE ON SCHEMA ${flyway:defaultSchema} TO janitor_fn;

-- Makes the partitions of the month that holds p_month (UTC), one a class; those that exist stay. A partition
-- is made apart and attached, since CREATE … PARTITION OF would shut the flushes out. No role is granted
-- anything on a partition: read directly, it would not obey its parent's policies.
CREATE FUNCTION partitions_ensure(p_month date) RETURNS integer
    LANGUAGE plpgsql VOLATILE SECURITY DEFINER
    SET search_path = ${flyway:defaultSchema}, pg_temp SET TimeZone = 'UTC'
AS $$
DECLARE
    c text;
    part text;
    starts timestamptz := date_trunc('month', p_month::timestamp) AT TIME ZONE 'UTC';
    ends timestamptz := (date_trunc('month', p_month::timestamp) + interval '1 month') AT TIME ZONE 'UTC';
    made integer := 0;
BEGIN
    PERFORM pg_advisory_xact_lock(hashtextextended('sallyport.partitions', 0));
    FOR c IN SELECT class FROM retention_classes ORDER BY class LOOP
        part := format('records_%s_%s', c, to_char(starts, 'YYYY_MM'));
        CONTINUE WHEN EXISTS (SELECT FROM pg_class k WHERE k.relname = part AND k.relispartition
                                AND k.relnamespace = '${flyway:defaultSchema}'::regnamespace);
        EXECUTE format('CREATE TABLE %I (LIKE records INCLUDING ALL)', part);
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', part);
        EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', part);
        EXECUTE format('ALTER TABLE %I ATTACH PARTITION %I FOR VALUES FROM (%L) TO (%L)',
                       'records_' || c, part, starts, ends);
        made := made + 1;
    END LOOP;
    RETURN made;
END $$;

-- The months around this one, so that a server can record before its janitor first runs.
DO $$
BEGIN
    FOR i IN -1..2 LOOP
        PERFORM partitions_ensure((now() AT TIME ZONE 'UTC' + make_interval(months => i))::date);
    END LOOP;
END $$;

REVOKE ALL ON FUNCTION partitions_ensure(date) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION partitions_ensure(date) TO janitor;
ALTER FUNCTION partitions_ensure(date) OWNER TO janitor_fn;
