package dev.sallyport.migrations;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.postgresql.PGConnection;

/** What an embedded server holds before it is migrated: a database, and its owner as a managed server would give one. */
final class EmbeddedDatabase {
    private EmbeddedDatabase() {}

    /** Makes what is not there; a database made half way is made whole. */
    static void ensure(Connection superuser, String ownerPassword) throws SQLException {
        String owner = EmbeddedPostgres.OWNER;
        if (!exists(superuser, "SELECT 1 FROM pg_roles WHERE rolname = '" + owner + "'")) {
            execute(superuser, "CREATE ROLE " + owner + " NOLOGIN CREATEROLE NOBYPASSRLS NOSUPERUSER");
            execute(superuser, "ALTER ROLE " + owner + " SET search_path = " + Migrator.SCHEMA);
        }
        if (!exists(superuser, "SELECT 1 FROM pg_roles WHERE rolcanlogin AND rolname = '" + owner + "'")) {
            superuser.unwrap(PGConnection.class).alterUserPassword(owner, ownerPassword.toCharArray(), "scram-sha-256");
            execute(superuser, "ALTER ROLE " + owner + " LOGIN");
        }
        String database = EmbeddedPostgres.DATABASE;
        if (!exists(superuser, "SELECT 1 FROM pg_database WHERE datname = '" + database + "'")) {
            // The serving roles have no business in any other database of the server.
            execute(superuser, "REVOKE CONNECT, TEMPORARY ON DATABASE postgres FROM PUBLIC");
            execute(superuser, "REVOKE CONNECT, TEMPORARY ON DATABASE template1 FROM PUBLIC");
            execute(superuser, "CREATE DATABASE " + database + " OWNER " + owner);
        }
    }

    private static boolean exists(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            return rows.next();
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
