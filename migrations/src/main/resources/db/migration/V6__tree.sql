-- The log: the order of the records in each tenant's tree, the trees' hashes, the rounds and what was signed. The
-- role `sequencer` alone writes it. Of a record it reads its place and digest, never the record.

-- A record is written within 31 days of its time. So what the sequencer has not seen yet stands in few partitions.
DROP POLICY writer_appends ON records;
CREATE POLICY writer_appends ON records FOR INSERT TO ledger_writer
    WITH CHECK (recorded_at BETWEEN now() - interval '31 days' AND now() + interval '31 days');
DROP POLICY state_appends ON records;
CREATE POLICY state_appends ON records FOR INSERT TO state_fn
    WITH CHECK (tenant = current_tenant()
                AND recorded_at BETWEEN now() - interval '31 days' AND now() + interval '31 days');

-- All rows of a flush have one transaction id, so the index holds it once for many of them.
CREATE INDEX records_by_xid ON records (xid);

GRANT SELECT (tenant, id, recorded_at, xid, digest) ON records TO sequencer;
CREATE POLICY sequencer_orders ON records FOR SELECT TO sequencer USING (true);

-- One row, once the log has begun. The cursor is the last record that was given an index, in the order of (xid,
-- tenant, id); cursor_at is that record's time. It holds for one cluster: on another one, and when the log begins,
-- all records are walked first in the order of (tenant, recorded_at, id), and `walked` is how far.
CREATE TABLE log_state (
    one               boolean PRIMARY KEY DEFAULT true CHECK (one),
    origin            text NOT NULL,
    system_identifier text NOT NULL,
    cursor_xid        xid8 NOT NULL,
    cursor_tenant     text COLLATE "C" NOT NULL DEFAULT '',
    cursor_id         text COLLATE "C" NOT NULL DEFAULT '',
    cursor_at         timestamptz NOT NULL DEFAULT clock_timestamp(),
    walking           boolean NOT NULL DEFAULT true,
    walked_tenant     text COLLATE "C" NOT NULL DEFAULT '',
    walked_at         timestamptz NOT NULL DEFAULT '-infinity',
    walked_id         text COLLATE "C" NOT NULL DEFAULT '',
    moved_at          timestamptz,
    rounds            bigint NOT NULL DEFAULT 0 CHECK (rounds >= 0),
    sequenced_at      bigint NOT NULL DEFAULT 0,
    checkpoint        bytea NOT NULL DEFAULT ''
) WITH (fillfactor = 40);
COMMENT ON COLUMN log_state.moved_at IS
    'when the log last came to another cluster, where transaction ids of before may come again';
COMMENT ON COLUMN log_state.sequenced_at IS 'of the last round, microseconds since the epoch';

-- Keys that sign or have signed checkpoints. A key whose `until` is null or ahead signs.
CREATE TABLE log_keys (
    id    text COLLATE "C" PRIMARY KEY CHECK (id ~ '^[0-9a-f]{8}$'),
    vkey  text NOT NULL UNIQUE,
    since timestamptz NOT NULL DEFAULT clock_timestamp(),
    until timestamptz
);

-- The tenant '' stands for the platform log in what follows: no tenant has that name.

-- A tree's size, root, and the state from which it grows (docs/log-format.md).
CREATE TABLE trees (
    tenant text COLLATE "C" PRIMARY KEY,
    size   bigint NOT NULL CHECK (size >= 0),
    root   bytea NOT NULL CHECK (octet_length(root) = 32),
    state  bytea NOT NULL
) WITH (fillfactor = 60);

-- Full tiles; of level 0 nothing else, since a partial one is had from the entries. A partial one of a higher
-- level grows whenever a tile below it is full.
CREATE TABLE tiles (
    tenant text COLLATE "C" NOT NULL,
    level  smallint NOT NULL CHECK (level BETWEEN 0 AND 7),
    tile   bigint NOT NULL CHECK (tile >= 0),
    hashes bytea NOT NULL CHECK (octet_length(hashes) BETWEEN 32 AND 8192 AND octet_length(hashes) % 32 = 0),
    PRIMARY KEY (tenant, level, tile)
);
ALTER TABLE tiles ALTER COLUMN hashes SET STORAGE EXTERNAL;

-- Consecutive entries of one tenant's log from one round: the records' ids and digests in the entries' order, and the
-- tree's root after the last of them. `earliest` and `latest` are of the records' times, milliseconds since the epoch:
-- by them a record is found among its tenant's runs.
CREATE TABLE entry_runs (
    tenant       text COLLATE "C" NOT NULL CHECK (tenant <> ''),
    first_index  bigint NOT NULL CHECK (first_index >= 0),
    count        integer NOT NULL CHECK (count BETWEEN 1 AND 512),
    round        bigint NOT NULL CHECK (round >= 0),
    sequenced_at bigint NOT NULL,
    earliest     bigint NOT NULL,
    latest       bigint NOT NULL CHECK (latest >= earliest),
    ids          text[] COLLATE "C" NOT NULL CHECK (cardinality(ids) = count),
    digests      bytea NOT NULL CHECK (octet_length(digests) = 32 * count),
    root         bytea NOT NULL CHECK (octet_length(root) = 32),
    PRIMARY KEY (tenant, first_index)
);
ALTER TABLE entry_runs ALTER COLUMN digests SET STORAGE EXTERNAL;
CREATE INDEX entry_runs_by_time ON entry_runs (tenant, latest);

-- The platform log's entries (docs/log-format.md).
CREATE TABLE rounds (
    index        bigint PRIMARY KEY CHECK (index >= 0),
    sequenced_at bigint NOT NULL,
    tenants      bigint NOT NULL CHECK (tenants > 0),
    root         bytea NOT NULL CHECK (octet_length(root) = 32)
);

GRANT SELECT, INSERT ON log_state, log_keys, trees, tiles, entry_runs, rounds TO sequencer;
GRANT UPDATE ON log_state, trees TO sequencer;
GRANT UPDATE (until) ON log_keys TO sequencer;
GRANT UPDATE (hashes) ON tiles TO sequencer;
GRANT SELECT ON log_state, log_keys, trees, tiles, entry_runs, rounds TO auditor;

DO $$
DECLARE
    t text;
BEGIN
    FOREACH t IN ARRAY ARRAY['trees', 'tiles', 'entry_runs'] LOOP
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
        EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', t);
        EXECUTE format('CREATE POLICY sequencer_writes ON %I TO sequencer USING (true)', t);
        EXECUTE format('CREATE POLICY auditor_scope ON %I FOR SELECT TO auditor'
                       ' USING (tenant = current_tenant() OR tenant = '''' OR platform_scope())', t);
    END LOOP;
END $$;
