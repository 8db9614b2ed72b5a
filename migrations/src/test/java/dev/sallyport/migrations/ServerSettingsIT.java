package dev.sallyport.migrations;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ServerSettingsIT {
    @Test
    void embeddedServer_asStarted_isDurableAndLetsNobodyInWithoutPassword() throws SQLException {
        TestDatabase database = TestDatabase.fresh();
        EmbeddedPostgres server = TestDatabase.server();
        assertThat(ServerSettings.faults(database.jdbcUrl(), database.passwords(), server.otherUsers()))
                .isEmpty();
        try (Connection app = database.connect(DatabaseRole.APP)) {
            for (String setting : List.of("fsync", "synchronous_commit", "full_page_writes")) {
                assertThat(Sql.one(app, "SHOW " + setting)).isEqualTo("on");
            }
        }
        try (Connection superuser = database.superuser()) {
            assertThat(Sql.one(superuser, "SHOW listen_addresses")).isEqualTo("127.0.0.1");
            assertThat(Sql.one(superuser, "SHOW unix_socket_directories")).isEmpty();
        }
    }

    @Test
    void setting_turnedOffForOneRole_isAFault() throws SQLException {
        TestDatabase database = TestDatabase.fresh();
        try (Connection superuser = database.superuser()) {
            String here = superuser.getCatalog();
            Sql.run(superuser, "ALTER ROLE ledger_writer IN DATABASE " + here + " SET synchronous_commit = off");
            assertThat(ServerSettings.faults(database.jdbcUrl(), database.passwords(), List.of()))
                    .singleElement()
                    .asString()
                    .contains("synchronous_commit = off for the role ledger_writer");
        }
    }

    @Test
    void server_thatTrusts_isAFaultForEachRole() throws Exception {
        TestDatabase database = TestDatabase.fresh();
        List<String> others = TestDatabase.server().otherUsers();
        try (Connection superuser = database.superuser()) {
            Path rules = Path.of(Sql.one(superuser, "SHOW hba_file"));
            String right = Files.readString(rules);
            try {
                Files.writeString(rules, "host all all 127.0.0.1/32 trust\n");
                Sql.run(superuser, "SELECT pg_reload_conf()");
                await(database, false);
                assertThat(ServerSettings.faults(database.jdbcUrl(), database.passwords(), others))
                        .hasSize(DatabaseRole.values().length + 2)
                        .allMatch(fault -> fault.contains("without a password at jdbc:postgresql://127.0.0.1"));
            } finally {
                Files.writeString(rules, right);
                Sql.run(superuser, "SELECT pg_reload_conf()");
                await(database, true);
            }
        }
    }

    private static void await(TestDatabase database, boolean clean) {
        while (ServerSettings.faults(database.jdbcUrl(), database.passwords(), List.of())
                        .isEmpty()
                != clean) {
            Pause.millis(50);
        }
    }
}
