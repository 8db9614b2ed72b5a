package dev.sallyport.torture;

import java.io.File;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** The product with one fault planted in it. */
final class Planted {
    private static final Path JAR =
            Path.of("..", "tenant-api", "target", "sallyport.jar").toAbsolutePath();
    private static final Path CLASSES = Path.of("target", "test-classes").toAbsolutePath();

    private Planted() {}

    /** The product without a fault. */
    static Product nothing() {
        return Product.jar(JAR);
    }

    /** The answers leave before the commit. */
    static Product answerBeforeCommit() {
        return driver("HastyDriver");
    }

    /** The log is continued after the last record seen, also where older transactions still run. */
    static Product idAfterLast() {
        return driver("LastSeenDriver");
    }

    private static Product driver(String name) {
        String path = String.join(
                File.pathSeparator,
                CLASSES.resolve("planted").resolve(name).toString(),
                CLASSES.toString(),
                JAR.toString());
        return new Product() {
            @Override
            public List<String> command() {
                return Product.java(List.of("-cp", path, "dev.sallyport.api.launch.Main"));
            }

            @Override
            public void prepare(Connection superuser) {}
        };
    }

    /** A node is never told that its generation is over: what the others have taken back it spends as well. */
    static Product unfencedLease() {
        return database(superuser -> {
            run(
                    superuser,
                    replaced(
                            definition(superuser, "flush_begin"),
                            "WHERE n.node = p_node AND n.generation = p_generation",
                            "WHERE n.node = p_node"));
            run(superuser, replaced(definition(superuser, "charge"), "AND s.generation = p_generation ", ""));
            run(superuser, replaced(definition(superuser, "node_beat"), "current := FOUND;", "current := true;"));
        });
    }

    /** PostgreSQL acknowledges commits that it has not written. */
    static Product synchronousCommitOff() {
        return database(superuser -> {
            run(superuser, "ALTER ROLE ALL SET synchronous_commit = off");
            run(superuser, "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'ledger_writer'");
        });
    }

    /** The fence's lock and the epochs are taken in one statement, whose snapshot is older than the lock. */
    static Product lockAndEpochsInOneStatement() {
        return database(superuser -> {
            String moved = "RETURN ARRAY(\n        SELECT u.tenant\n        FROM (SELECT * FROM unnest";
            String body = definition(superuser, "flush_begin");
            int begin = body.indexOf(moved);
            int end = body.indexOf(";", begin);
            String asked = body.substring(begin + "RETURN ".length(), end)
                    .replace(
                            "FROM (SELECT * FROM unnest",
                            "FROM (SELECT pg_advisory_xact_lock_shared(fence_key())) l"
                                    + " CROSS JOIN (SELECT * FROM unnest");
            String planted = replaced(
                    replaced(body.substring(0, begin) + "RETURN moved" + body.substring(end), "\nBEGIN", """

                        DECLARE moved text[];
                        BEGIN\
                        """),
                    "PERFORM pg_advisory_xact_lock_shared(fence_key());",
                    "moved := " + asked + ";");
            run(superuser, planted);
        });
    }

    private interface Preparation {
        void on(Connection superuser) throws SQLException;
    }

    private static Product database(Preparation preparation) {
        return new Product() {
            @Override
            public List<String> command() {
                return nothing().command();
            }

            @Override
            public void prepare(Connection superuser) throws SQLException {
                preparation.on(superuser);
            }
        };
    }

    /** A function as it was defined, ready to be defined anew. */
    private static String definition(Connection superuser, String function) throws SQLException {
        try (Statement statement = superuser.createStatement();
                ResultSet row = statement.executeQuery("SELECT pg_get_functiondef(oid) FROM pg_proc WHERE proname = '"
                        + function + "' AND pronamespace = 'sallyport'::regnamespace")) {
            row.next();
            return row.getString(1);
        }
    }

    private static String replaced(String text, String old, String with) {
        if (!text.contains(old)) {
            throw new IllegalStateException("nothing to plant in: the function has no " + old);
        }
        return text.replace(old, with);
    }

    private static void run(Connection superuser, String sql) throws SQLException {
        try (Statement statement = superuser.createStatement()) {
            statement.execute(sql);
        }
    }
}
