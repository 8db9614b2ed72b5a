package dev.sallyport.api.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.migrations.OwnPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** An operator's PostgreSQL, by the steps of docs/operations.md: the blocks that stand there are what is run here. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
final class OwnPostgresIT {
    private static final String SECTION = "A PostgreSQL of one's own";
    private static final String SECRETS = "/etc/sallyport/secrets";

    @TempDir
    static Path folder;

    private static OwnPostgres postgres;
    private static Path config;

    @BeforeAll
    static void prepare() throws Exception {
        postgres = OwnPostgres.start();
        try (Connection superuser = postgres.superuser("postgres");
                Statement statement = superuser.createStatement()) {
            for (String sql : block("sql").split(";\n", -1)) {
                statement.execute(sql);
            }
        }
        Path secrets = Files.createDirectory(folder.resolve("secrets"));
        String passwords = blocks("sh").getFirst().replace(SECRETS, secrets.toString());
        assertThat(Program.run(new ProcessBuilder("sh", "-c", passwords)).code())
                .isZero();
        Files.writeString(secrets.resolve("owner"), "choose-one\n");
        config = Files.writeString(
                folder.resolve("sallyport.yaml"),
                block("yaml")
                        .replace(SECRETS, secrets.toString())
                        .replace("/var/lib/sallyport", folder.resolve("data").toString())
                        .replace("db.example:5432", "127.0.0.1:" + postgres.port()));
    }

    @AfterAll
    static void stop() throws IOException {
        postgres.close();
    }

    @Test
    @Order(1)
    void serve_beforeTheMigration_saysWhatToDo() throws Exception {
        assertThat(refusal())
                .contains("the database is not fit to be served from", "the database role app cannot log in")
                .contains("sallyport migrate");
    }

    @Test
    @Order(2)
    void migrate_withTheOwnersCredential_appliesWhatIsMissing() throws Exception {
        Program.End first = migrate();
        assertThat(first.code()).as(first.err()).isZero();
        assertThat(first.out().lines().toList())
                .hasSizeGreaterThan(1)
                .first()
                .asString()
                .startsWith("applied 1 ");
        assertThat(first.out()).contains("the schema stands at version");
        Program.End again = migrate();
        assertThat(again.code()).as(again.err()).isZero();
        assertThat(again.out().lines()).singleElement().asString().startsWith("the schema stands at version");
    }

    @Test
    @Order(3)
    void migrate_withoutTheOwnersCredential_saysWhatToDo() throws Exception {
        Program.End end = Program.run("migrate", "--config", config.toString());
        assertThat(end.code()).isEqualTo(3);
        assertThat(end.err())
                .isEqualTo(
                        "migrate needs the schema's owner: set database.owner.user and" + " database.owner.password\n");
    }

    @Test
    @Order(4)
    void serve_withTheOwnersCredential_isRefused() throws Exception {
        Program.End end = Program.run(owner(), "serve", "--port", "0", "--config", config.toString());
        assertThat(end.code()).isEqualTo(3);
        assertThat(end.err()).contains("database.owner", "a server must not hold it");
    }

    @Test
    @Order(5)
    void serve_withSettingsThatLoseRecords_isRefusedNamingEach() throws Exception {
        List<String> settings = List.of("fsync", "full_page_writes", "synchronous_commit");
        try {
            for (String setting : settings) {
                run("ALTER SYSTEM SET " + setting + " = off");
            }
            run("SELECT pg_reload_conf()");
            awaitShown("fsync", "off");
            assertThat(refusal()).contains("fsync = off", "full_page_writes = off", "synchronous_commit = off");
        } finally {
            run("ALTER SYSTEM RESET ALL");
            run("SELECT pg_reload_conf()");
            awaitShown("fsync", "on");
        }
    }

    @Test
    @Order(6)
    void serve_withRolesThatMayTooMuch_isRefusedNamingEach() throws Exception {
        try {
            run("ALTER ROLE app SUPERUSER");
            run("ALTER ROLE door BYPASSRLS");
            run("ALTER TABLE sallyport.reports OWNER TO auditor");
            assertThat(refusal())
                    .contains(
                            "the database role app has SUPERUSER",
                            "the database role door has SUPERUSER, BYPASSRLS",
                            "the database role auditor owns tables");
        } finally {
            run("ALTER ROLE app NOSUPERUSER");
            run("ALTER ROLE door NOBYPASSRLS");
            run("ALTER TABLE sallyport.reports OWNER TO sallyport_owner");
        }
    }

    @Test
    @Order(7)
    void serve_onASchemaThatIsBehindOrAhead_isRefused() throws Exception {
        run("UPDATE sallyport.flyway_schema_history SET version = '999' WHERE version = '3'");
        try {
            assertThat(refusal())
                    .contains("schema version 3 is not applied: run `sallyport migrate`")
                    .contains("schema version 999 in the database is newer than this build");
        } finally {
            run("UPDATE sallyport.flyway_schema_history SET version = '3' WHERE version = '999'");
        }
    }

    @Test
    @Order(8)
    void serve_whereNobodyAnswers_saysSoOnce() throws Exception {
        Program.End end = Program.run(
                Map.of("SALLYPORT_DATABASE_URL", "jdbc:postgresql://127.0.0.1:1/sallyport"),
                "serve",
                "--port",
                "0",
                "--config",
                config.toString());
        assertThat(end.code()).isEqualTo(3);
        assertThat(end.err()).containsOnlyOnce("no PostgreSQL answers at jdbc:postgresql://127.0.0.1:1/sallyport");
    }

    @Test
    @Order(9)
    void serve_withTheServingRolesAlone_servesAndBootstrapPrintsOneKeyBesideIt() throws Exception {
        try (ServeProcess server = ServeProcess.start(folder, "--config", config.toString())) {
            String generations = one("SELECT string_agg(node || ' ' || generation, ',') FROM sallyport.nodes");
            List<Program.End> ends = Bootstraps.atOnce(3, "--config", config.toString());
            String key = Bootstraps.onlyKey(ends);
            assertThat(ends)
                    .filteredOn(end -> end.code() != 0)
                    .allMatch(end -> end.code() == 1 && end.err().contains("there is a platform-admin key already"));
            assertThat(server.get("/me/v1", key).statusCode()).isEqualTo(200);
            assertThat(one("SELECT string_agg(node || ' ' || generation, ',') FROM sallyport.nodes"))
                    .as("no generation was taken from the server")
                    .isEqualTo(generations);
            assertThat(server.manage("/readyz").strip()).isEqualTo("ready");
            assertThat(server.terminate()).isZero();
        }
        assertThat(one("SELECT count(*)::text FROM sallyport.api_keys WHERE role = 'platform-admin'"))
                .isEqualTo("1");
    }

    private static Program.End migrate() throws Exception {
        return Program.run(owner(), "migrate", "--config", config.toString());
    }

    /** As the block of step 4 has them. */
    private static Map<String, String> owner() throws IOException {
        String step = blocks("sh").get(1);
        String file = folder.resolve("secrets/owner").toString();
        assertThat(step)
                .contains("SALLYPORT_DATABASE_OWNER_USER=sallyport_owner ")
                .contains("SALLYPORT_DATABASE_OWNER_PASSWORD_FILE=" + SECRETS + "/owner ")
                .contains("./sallyport migrate --config");
        return Map.of(
                "SALLYPORT_DATABASE_OWNER_USER", "sallyport_owner", "SALLYPORT_DATABASE_OWNER_PASSWORD_FILE", file);
    }

    /** What serve says when it refuses to start. */
    private static String refusal() throws Exception {
        Program.End end = Program.run("serve", "--port", "0", "--config", config.toString());
        assertThat(end.code()).as(end.out() + end.err()).isEqualTo(3);
        try (Stream<String> secrets = Files.list(folder.resolve("secrets")).map(OwnPostgresIT::read)) {
            assertThat(secrets).noneMatch(secret -> (end.out() + end.err()).contains(secret));
        }
        return end.err();
    }

    private static String read(Path secret) {
        try {
            return Files.readString(secret).strip();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static void awaitShown(String setting, String value) throws Exception {
        while (!one("SHOW " + setting).equals(value)) {
            Thread.sleep(50);
        }
    }

    private static void run(String sql) throws SQLException {
        try (Connection superuser = postgres.superuser("sallyport");
                Statement statement = superuser.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String one(String sql) throws SQLException {
        try (Connection superuser = postgres.superuser("sallyport");
                Statement statement = superuser.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getString(1);
        }
    }

    private static String block(String language) throws IOException {
        assertThat(blocks(language)).hasSize(1);
        return blocks(language).getFirst();
    }

    private static List<String> blocks(String language) throws IOException {
        return OperationsPage.blocks(SECTION, language);
    }
}
