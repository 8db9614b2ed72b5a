-- What tenants own and administrators change. Every table has a tenant, and row-level security forced on
-- it: the role `app` sees the rows of the tenant that its transaction names, and no row while it names none.

-- The tenant that this transaction works for, null while it names none: after SET LOCAL has ended the
-- setting reads '', not null.
CREATE FUNCTION current_tenant() RETURNS text
    LANGUAGE sql STABLE PARALLEL SAFE
    RETURN nullif(current_setting('sallyport.tenant', true), '');

-- Whether an auditor's transaction asked for all tenants.
CREATE FUNCTION platform_scope() RETURNS boolean
    LANGUAGE sql STABLE PARALLEL SAFE
    RETURN coalesce(current_setting('sallyport.scope', true), '') = 'platform';

CREATE TABLE tenants (
    tenant     text COLLATE "C" PRIMARY KEY CHECK (tenant <> ''),
    name       text NOT NULL,
    packs      text[] NOT NULL DEFAULT '{}',
    created_at timestamptz NOT NULL DEFAULT now(),
    deleted_at timestamptz
);

-- The lineage is the id of the first key of a chain of rotations, a new key's own: budgets and rates of scope
-- `key` are counted under it, so that a rotation refills none.
CREATE TABLE api_keys (
    tenant     text COLLATE "C" NOT NULL REFERENCES tenants,
    id         text COLLATE "C" NOT NULL,
    lineage    text COLLATE "C" NOT NULL,
    hash       bytea NOT NULL UNIQUE,
    name       text NOT NULL,
    role       text NOT NULL,
    scopes     text[] NOT NULL DEFAULT '{}',
    purpose    text,
    created_at timestamptz NOT NULL DEFAULT now(),
    expires_at timestamptz,
    revoked_at timestamptz,
    PRIMARY KEY (tenant, id)
);

-- The platform's layer stands under the tenant 'platform'. A model is '' where the layer has none.
CREATE TABLE policies (
    tenant       text COLLATE "C" NOT NULL REFERENCES tenants,
    layer        text NOT NULL,
    model        text COLLATE "C" NOT NULL DEFAULT '',
    version      integer NOT NULL CHECK (version > 0),
    digest       text NOT NULL,
    source       bytea NOT NULL,
    published_at timestamptz NOT NULL DEFAULT now(),
    published_by text NOT NULL,
    record       text,
    withdrawn    boolean NOT NULL DEFAULT false,
    PRIMARY KEY (tenant, layer, model, version)
);

-- The tenant is the version's owner.
CREATE TABLE model_versions (
    tenant        text COLLATE "C" NOT NULL REFERENCES tenants,
    model         text COLLATE "C" NOT NULL,
    version       text NOT NULL,
    digest        text NOT NULL,
    runtime       text NOT NULL,
    manifest      bytea NOT NULL,
    signature     bytea NOT NULL,
    registered_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (tenant, model, version)
);

-- The tenant is the one to whom the owner's model is granted, under a name of its own.
CREATE TABLE model_grants (
    tenant     text COLLATE "C" NOT NULL REFERENCES tenants,
    alias      text COLLATE "C" NOT NULL,
    owner      text COLLATE "C" NOT NULL REFERENCES tenants,
    model      text COLLATE "C" NOT NULL,
    granted_at timestamptz NOT NULL DEFAULT now(),
    revoked_at timestamptz,
    PRIMARY KEY (tenant, alias)
);
CREATE INDEX model_grants_by_owner ON model_grants (owner, model);

-- A tenant's own keys, wrapped by its key-encryption key, which never stands in this database.
CREATE TABLE tenant_keys (
    tenant     text COLLATE "C" NOT NULL REFERENCES tenants,
    name       text NOT NULL,
    generation integer NOT NULL,
    wrapped    bytea NOT NULL,
    PRIMARY KEY (tenant, name, generation)
);

-- One key a data subject; destroying the row is what erasure does.
CREATE TABLE subject_keys (
    tenant     text COLLATE "C" NOT NULL,
    handle     bytea NOT NULL,
    generation integer NOT NULL,
    wrapped    bytea NOT NULL,
    PRIMARY KEY (tenant, handle)
);

CREATE TABLE reports (
    tenant      text COLLATE "C" NOT NULL REFERENCES tenants,
    id          text COLLATE "C" NOT NULL,
    frameworks  text[] NOT NULL,
    period_from timestamptz NOT NULL,
    period_to   timestamptz NOT NULL,
    state       text NOT NULL,
    created_at  timestamptz NOT NULL DEFAULT now(),
    created_by  text NOT NULL,
    finished_at timestamptz,
    failure     text,
    PRIMARY KEY (tenant, id)
);

-- Before row-level security is forced: afterwards the owner itself could not insert it.
INSERT INTO tenants (tenant, name) VALUES ('platform', 'The platform');

DO $$
DECLARE
    t text;
BEGIN
    FOREACH t IN ARRAY ARRAY['tenants', 'api_keys', 'policies', 'model_versions', 'model_grants',
                             'tenant_keys', 'subject_keys', 'reports'] LOOP
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
        EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', t);
        EXECUTE format('GRANT SELECT, INSERT ON %I TO app', t);
        IF t <> 'model_grants' THEN
            EXECUTE format('CREATE POLICY app_tenant ON %I TO app USING (tenant = current_tenant())', t);
        END IF;
    END LOOP;
END $$;

-- A grant is seen by both sides and written by the owner alone: a tenant cannot grant itself a model.
CREATE POLICY app_grantee_reads ON model_grants FOR SELECT TO app USING (tenant = current_tenant());
CREATE POLICY app_owner ON model_grants TO app USING (owner = current_tenant());

-- A version is read by its owner and by those to whom it is granted.
CREATE POLICY app_granted ON model_versions FOR SELECT TO app USING (EXISTS (
    SELECT FROM model_grants g
    WHERE g.tenant = current_tenant() AND g.owner = model_versions.tenant
      AND g.model = model_versions.model AND g.revoked_at IS NULL));

GRANT UPDATE (name, packs, deleted_at) ON tenants TO app;
GRANT UPDATE (name, revoked_at) ON api_keys TO app;
GRANT UPDATE (withdrawn) ON policies TO app;
GRANT UPDATE (owner, model, granted_at, revoked_at) ON model_grants TO app;
GRANT UPDATE (generation, wrapped), DELETE ON tenant_keys TO app;
GRANT UPDATE (generation, wrapped), DELETE ON subject_keys TO app;
GRANT UPDATE (state, finished_at, failure) ON reports TO app;

GRANT SELECT ON tenants, policies, reports TO auditor;
CREATE POLICY auditor_scope ON tenants FOR SELECT TO auditor USING (tenant = current_tenant() OR platform_scope());
CREATE POLICY auditor_scope ON policies FOR SELECT TO auditor USING (tenant = current_tenant() OR platform_scope());
CREATE POLICY auditor_scope ON reports FOR SELECT TO auditor USING (tenant = current_tenant() OR platform_scope());

REVOKE ALL ON FUNCTION current_tenant(), platform_scope() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION current_tenant() TO app, auditor, state_fn;
GRANT EXECUTE ON FUNCTION platform_scope() TO auditor;
GRANT USAGE ON SCHEMA ${flyway:defaultSchema}
    TO door, app, ledger_writer, sequencer, janitor, auditor, door_fn, state_fn, flush_fn, janitor_fn;
