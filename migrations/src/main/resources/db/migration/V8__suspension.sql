-- A suspended tenant's calls are refused; its people still read and administer, and nothing of it is lost.
ALTER TABLE tenants ADD COLUMN suspended_at timestamptz;
GRANT UPDATE (suspended_at) ON tenants TO app;

-- As before, and whether the key's tenant is suspended.
DROP FUNCTION door_identify(bytea);
CREATE FUNCTION door_identify(p_hash bytea)
    RETURNS TABLE (tenant text, id text, lineage text, role text, scopes text[], purpose text,
                   expires_at timestamptz, revoked boolean, tenant_epoch bigint, platform_epoch bigint, tenant_deleted boolean,
                   tenant_suspended boolean)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = ${flyway:defaultSchema}, pg_temp
BEGIN ATOMIC
    SELECT k.tenant, k.id, k.lineage, k.role, k.scopes, k.purpose, k.expires_at, k.revoked_at IS NOT NULL,
           coalesce((SELECT e.epoch FROM epochs e WHERE e.tenant = k.tenant), 0),
           coalesce((SELECT e.epoch FROM epochs e WHERE e.tenant = 'platform'), 0),
           t.deleted_at IS NOT NULL, t.suspended_at IS NOT NULL
    FROM api_keys k JOIN tenants t ON t.tenant = k.tenant
    WHERE k.hash = p_hash;
END;

REVOKE ALL ON FUNCTION door_identify(bytea) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION door_identify(bytea) TO door;
ALTER FUNCTION door_identify(bytea) OWNER TO door_fn;
