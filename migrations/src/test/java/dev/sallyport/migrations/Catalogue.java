package dev.sallyport.migrations;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** What PostgreSQL's catalogue says against the rules that keep tenants apart; each fault is a line. */
record Catalogue(Connection superuser) {
    /** Tables that belong to no tenant. */
    static final Set<String> WITHOUT_TENANT = Set.of(
            "retention_classes",
            "nodes",
            "flushes",
            "receipt_keys",
            "log_state",
            "log_keys",
            "rounds",
            "flyway_schema_history");

    /** Policies that let a role see or write the rows of all tenants: role, table and why. */
    static final Set<String> UNCONDITIONAL = Set.of(
            "ledger_writer payloads", // a flush mixes tenants; INSERT only
            "sequencer records", // the order of everybody's records; no column that tells what is in them
            "sequencer trees", // everybody's trees
            "sequencer tiles", // the same
            "sequencer entry_runs", // the same
            "flush_fn budget_shares", // charge(), budget_take()
            "flush_fn epochs", // flush_begin()
            "state_fn epochs", // epoch_raise(): a grant raises its grantee's
            "door_fn epochs", // door_identify()
            "door_fn tenants", // door_identify(), door_tenants()
            "door_fn api_keys"); // door_identify()

    private static final String TABLES =
            " FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f')"
                    + " AND n.nspname NOT IN ('pg_catalog', 'information_schema') AND n.nspname NOT LIKE 'pg_t%' ";

    List<String> faults() throws SQLException {
        List<String> faults = new ArrayList<>();
        faults.addAll(tablesWithoutSecurity());
        faults.addAll(tablesWithoutTenant());
        faults.addAll(unconditionalPolicies());
        faults.addAll(grants());
        faults.addAll(owners());
        faults.addAll(functions());
        faults.addAll(roles());
        return faults;
    }

    private List<String> tablesWithoutSecurity() throws SQLException {
        return Sql.column(
                superuser,
                "SELECT c.relname || ' has a tenant, and no row-level security forced'" + TABLES
                        + "AND NOT (c.relrowsecurity AND c.relforcerowsecurity) AND EXISTS (SELECT FROM pg_attribute a"
                        + " WHERE a.attrelid = c.oid AND a.attname = 'tenant') UNION ALL "
                        + "SELECT c.relname || ' has a tenant that may be null'" + TABLES
                        + "AND EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attname = 'tenant'"
                        + " AND NOT a.attnotnull)");
    }

    private List<String> tablesWithoutTenant() throws SQLException {
        List<String> tables = new ArrayList<>(Sql.column(
                superuser,
                "SELECT c.relname" + TABLES + "AND NOT EXISTS (SELECT FROM pg_attribute a"
                        + " WHERE a.attrelid = c.oid AND a.attname = 'tenant')"));
        tables.removeAll(WITHOUT_TENANT);
        return tables.stream()
                .map(table -> table + " has no tenant and is not listed")
                .toList();
    }

    private List<String> unconditionalPolicies() throws SQLException {
        List<String> policies = new ArrayList<>(Sql.column(superuser, """
                SELECT array_to_string(p.roles, ',') || ' ' || p.tablename FROM pg_policies p
                WHERE p.qual = 'true' OR p.with_check = 'true'"""));
        policies.removeAll(UNCONDITIONAL);
        List<String> faults = new ArrayList<>(policies.stream()
                .map(policy -> "an unlisted policy is true: " + policy)
                .toList());
        faults.addAll(Sql.column(
                superuser,
                "SELECT 'a policy for everyone: ' || tablename FROM pg_policies WHERE 'public' = ANY (roles)"));
        return faults;
    }

    private List<String> grants() throws SQLException {
        return Sql.column(
                superuser,
                "SELECT 'a grant on the partition ' || c.relname" + TABLES
                        + """
                        AND c.relispartition AND (
                            EXISTS (SELECT FROM aclexplode(c.relacl) g WHERE g.grantee <> c.relowner)
                            OR EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attacl IS NOT NULL))
                        UNION ALL
                        SELECT 'a grant to everyone on ' || c.relname"""
                        + TABLES + "AND EXISTS (SELECT FROM aclexplode(c.relacl) g WHERE g.grantee = 0)");
    }

    private List<String> owners() throws SQLException {
        return Sql.column(superuser, "SELECT c.relname || ' belongs to ' || c.relowner::regrole" + TABLES + """
                        AND c.relowner::regrole::text <> 'owner'
                        AND NOT (c.relowner::regrole::text = 'janitor_fn'
                                 AND (c.relname = 'records' OR c.relispartition AND c.relname LIKE 'records%'))""");
    }

    private List<String> functions() throws SQLException {
        String all =
                " FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace JOIN pg_roles o ON o.oid = p.proowner"
                        + " WHERE n.nspname NOT IN ('pg_catalog', 'information_schema') ";
        return Sql.column(
                superuser,
                "SELECT p.proname || ' is a definer function without a search path'" + all
                        + """
                        AND p.prosecdef AND NOT EXISTS (
                            SELECT FROM unnest(p.proconfig) s WHERE s = 'search_path=sallyport, pg_temp')
                        UNION ALL
                        SELECT p.proname || ' is a definer function of ' || o.rolname"""
                        + all
                        + """
                        AND p.prosecdef AND (o.rolcanlogin OR o.rolbypassrls OR o.rolsuper)
                        UNION ALL
                        SELECT p.proname || ' may be called by everyone'"""
                        + all
                        + """
                        AND (p.proacl IS NULL OR EXISTS (SELECT FROM aclexplode(p.proacl) g WHERE g.grantee = 0))""");
    }

    private List<String> roles() throws SQLException {
        return Sql.column(superuser, """
                SELECT r.rolname || ' is not harmless' FROM pg_roles r
                WHERE r.oid >= 16384 AND (r.rolsuper OR r.rolbypassrls OR r.rolreplication
                    OR (r.rolname <> 'owner' AND (r.rolcreaterole OR r.rolcreatedb OR r.rolinherit)))
                UNION ALL
                SELECT m.member::regrole || ' is a member of ' || m.roleid::regrole FROM pg_auth_members m
                WHERE m.member >= 16384 AND coalesce((to_jsonb(m) ->> 'inherit_option')::boolean, true)""");
    }
}
