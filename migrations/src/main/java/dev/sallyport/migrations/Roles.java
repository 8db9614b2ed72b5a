package dev.sallyport.migrations;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.postgresql.PGConnection;

/*
 * The owner need be no superuser: CREATEROLE, and CREATE on its database, do. To give a function to a
 * definer role it must then be a member of that role, and the role must be able to create in the schema.
 * Both are granted for the length of a migration and taken back: as a member, an owner on PostgreSQL 15
 * would be subject to that role's policies and so see every tenant's rows.
 */
/** Creates the roles and keeps them harmless. Works on the owner's connection; not thread-safe. */
final class Roles {
    private static final String HARMLESS = "NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS NOINHERIT";

    private final Connection owner;

    Roles(Connection owner) {
        this.owner = owner;
    }

    /** Makes roles and schema and lets the owner act for the definer roles. */
    void prepare(RolePasswords passwords) throws SQLException {
        for (DatabaseRole role : DatabaseRole.values()) {
            create(role.roleName(), "LOGIN");
            char[] password = passwords.of(role).toCharArray();
            // Hashed here: the server never sees the password, so no statement log can hold it.
            owner.unwrap(PGConnection.class).alterUserPassword(role.roleName(), password, "scram-sha-256");
            configure(role);
        }
        createSchema();
        for (DefinerRole role : DefinerRole.values()) {
            create(role.roleName(), "NOLOGIN");
            execute("GRANT " + role.roleName() + " TO CURRENT_USER");
            execute("GRANT CREATE ON SCHEMA " + Migrator.SCHEMA + " TO " + role.roleName());
        }
    }

    /** Takes back what {@link #prepare} lent, and closes the database to everybody else. */
    void finish() throws SQLException {
        for (DefinerRole role : DefinerRole.values()) {
            if (role != DefinerRole.JANITOR_FN) {
                execute("REVOKE CREATE ON SCHEMA " + Migrator.SCHEMA + " FROM " + role.roleName());
            }
        }
        for (DefinerRole role : DefinerRole.values()) {
            execute("REVOKE " + role.roleName() + " FROM CURRENT_USER");
        }
        guardDatabase();
        execute("GRANT SELECT ON " + Migrator.SCHEMA + "." + Migrator.HISTORY + " TO app");
    }

    /** Lets only the serving roles into the database; does nothing where it belongs to somebody else. */
    void guardDatabase() throws SQLException {
        String mine = "SELECT count(*) FROM pg_database WHERE datname = current_database()"
                + " AND pg_has_role(datdba, 'USAGE')";
        if (count(mine) == 0) {
            return;
        }
        String database = owner.getCatalog();
        execute("REVOKE ALL ON DATABASE " + quote(database) + " FROM PUBLIC");
        for (DatabaseRole role : DatabaseRole.values()) {
            execute("GRANT CONNECT ON DATABASE " + quote(database) + " TO " + role.roleName());
        }
    }

    /** What makes serving with the roles unsafe: one sentence a fault, seen from any role's connection. */
    static List<String> faults(Connection any) throws SQLException {
        String sql = """
                SELECT r.rolname,
                       r.rolsuper OR r.rolbypassrls OR r.rolcreaterole OR r.rolreplication OR r.rolcreatedb,
                       (SELECT count(*) FROM pg_class c WHERE c.relowner = r.oid AND c.relkind IN ('r','p')),
                       (SELECT count(*) FROM pg_auth_members m WHERE m.member = r.oid)
                FROM pg_roles r WHERE r.rolname = ANY (?) ORDER BY r.rolname""";
        List<String> faults = new ArrayList<>();
        List<String> names = new ArrayList<>(java.util.Arrays.stream(DatabaseRole.values())
                .map(DatabaseRole::roleName)
                .toList());
        try (PreparedStatement query = any.prepareStatement(sql)) {
            query.setArray(1, any.createArrayOf("text", names.toArray()));
            try (ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    names.remove(rows.getString(1));
                    describe(rows, faults);
                }
            }
        }
        names.forEach(name -> faults.add("the database role " + name + " does not exist: run `sallyport migrate`"));
        return faults;
    }

    private static void describe(ResultSet row, List<String> faults) throws SQLException {
        String role = "the database role " + row.getString(1);
        if (row.getBoolean(2)) {
            faults.add(role + " has SUPERUSER, BYPASSRLS, CREATEROLE, CREATEDB or REPLICATION");
        }
        if (row.getLong(3) > 0) {
            faults.add(role + " owns tables: serving roles must own none");
        }
        if (row.getLong(4) > 0) {
            faults.add(role + " is a member of other roles: serving roles must be of none");
        }
    }

    private void create(String role, String login) throws SQLException {
        if (count("SELECT count(*) FROM pg_roles WHERE rolname = '" + role + "'") == 0) {
            execute("CREATE ROLE " + role + " " + login + " " + HARMLESS);
        }
    }

    private void configure(DatabaseRole role) throws SQLException {
        String alter = "ALTER ROLE " + role.roleName() + " SET ";
        execute(alter + "search_path = " + Migrator.SCHEMA);
        execute(alter + role.setting() + " = '" + role.value() + "'");
        if (!role.writes()) {
            return;
        }
        execute(alter + "idle_in_transaction_session_timeout = '1s'");
        if (owner.getMetaData().getDatabaseMajorVersion() >= 17) {
            execute(alter + "transaction_timeout = '1s'");
        }
    }

    private void createSchema() throws SQLException {
        if (count("SELECT count(*) FROM pg_namespace WHERE nspname = '" + Migrator.SCHEMA + "'") == 0) {
            execute("CREATE SCHEMA " + Migrator.SCHEMA);
        }
    }

    private long count(String sql) throws SQLException {
        try (Statement statement = owner.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        }
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = owner.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String quote(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }
}
