package dev.sallyport.migrations;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import org.postgresql.Driver;

/**
 * Asks a running PostgreSQL whether it may be trusted with records: whether a commit is durable, for every
 * role that serves, and whether anybody gets in without a password. Asked at every start.
 */
public final class ServerSettings {
    private static final int OLDEST = 15;
    private static final int NEWEST = 18;

    private ServerSettings() {}

    /**
     * Why a server must not serve from this database; empty when it may.
     *
     * @param jdbcUrl where the database is; each address of each host it names is tried
     * @param passwords what the serving roles log in with
     * @param otherUsers users besides the serving roles that must not get in without a password either, the owner say
     * @return one sentence a fault
     */
    public static List<String> faults(String jdbcUrl, RolePasswords passwords, List<String> otherUsers) {
        List<String> faults = new ArrayList<>();
        for (DatabaseRole role : DatabaseRole.values()) {
            if (!askSettings(jdbcUrl, role, passwords.of(role), faults)) {
                return faults;
            }
        }
        Set<String> users = new LinkedHashSet<>(otherUsers);
        for (DatabaseRole role : DatabaseRole.values()) {
            users.add(role.roleName());
        }
        for (String address : addresses(jdbcUrl, faults)) {
            for (String user : users) {
                tryWithoutPassword(address, user, faults);
            }
        }
        return faults;
    }

    static boolean supports(int major) {
        return major >= OLDEST && major <= NEWEST;
    }

    // As each role: a setting may be turned off for one role alone (ALTER ROLE … SET). False when nobody answers there.
    private static boolean askSettings(String jdbcUrl, DatabaseRole role, String password, List<String> faults) {
        try (Connection connection = DriverManager.getConnection(jdbcUrl, role.roleName(), password)) {
            int major = connection.getMetaData().getDatabaseMajorVersion();
            if (!supports(major)) {
                faults.add("PostgreSQL " + major + " is not supported: versions " + OLDEST + " to " + NEWEST + " are");
            }
            for (String setting : List.of("fsync", "full_page_writes", "synchronous_commit")) {
                String value = show(connection, setting);
                if (!value.equals("on") && !value.equals("remote_apply")) {
                    faults.add("PostgreSQL runs with " + setting + " = " + value + " for the role " + role.roleName()
                            + ": a record could be lost after its answer left; set it to on");
                }
            }
        } catch (SQLException failed) {
            if (isUnreachable(failed)) {
                faults.add(
                        "no PostgreSQL answers at " + jdbcUrl.replaceFirst("\\?.*", "") + ": " + failed.getMessage());
                return false;
            }
            faults.add("the database role " + role.roleName() + " cannot log in: " + failed.getMessage()
                    + "; `sallyport migrate` makes the roles and gives them the passwords that are configured");
        }
        return true;
    }

    /** SQLSTATE class 08: connection exception. */
    private static boolean isUnreachable(SQLException failed) {
        String state = failed.getSQLState();
        return state != null && state.startsWith("08");
    }

    private static String show(Connection connection, String setting) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SHOW " + setting)) {
            row.next();
            return row.getString(1);
        }
    }

    /** JDBC URLs that each name one literal address of the given one's hosts. */
    private static List<String> addresses(String jdbcUrl, List<String> faults) {
        Properties parsed = Driver.parseURL(jdbcUrl, null);
        if (parsed == null) {
            throw new IllegalArgumentException("not a JDBC URL of PostgreSQL");
        }
        String[] hosts = parsed.getProperty("PGHOST", "localhost").split(",", -1);
        String[] ports = parsed.getProperty("PGPORT", "5432").split(",", -1);
        int query = jdbcUrl.indexOf('?');
        String options = query < 0 ? "" : jdbcUrl.substring(query);
        String database = parsed.getProperty("PGDBNAME", "");
        List<String> urls = new ArrayList<>();
        for (int i = 0; i < hosts.length; i++) {
            try {
                for (InetAddress address : InetAddress.getAllByName(hosts[i])) {
                    String literal = address.getHostAddress();
                    String host = literal.contains(":") ? "[" + literal + "]" : literal;
                    urls.add("jdbc:postgresql://" + host + ":" + ports[Math.min(i, ports.length - 1)] + "/" + database
                            + options);
                }
            } catch (UnknownHostException unknown) {
                faults.add("the database host " + hosts[i] + " has no address");
            }
        }
        return urls;
    }

    private static void tryWithoutPassword(String jdbcUrl, String user, List<String> faults) {
        // Empty rather than absent: the driver would look for an absent one in ~/.pgpass.
        try (Connection connection = DriverManager.getConnection(jdbcUrl, user, "")) {
            faults.add("PostgreSQL lets the role " + user + " in without a password at "
                    + connection.getMetaData().getURL().replaceFirst("\\?.*", "")
                    + ": set scram-sha-256 in pg_hba.conf");
        } catch (SQLException refused) {
            // As it should be; an address that answers nobody lets nobody in.
            return;
        }
    }
}
