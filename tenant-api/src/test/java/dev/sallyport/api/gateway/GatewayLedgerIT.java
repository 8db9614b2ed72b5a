package dev.sallyport.api.gateway;

import static dev.sallyport.api.gateway.GatewayFixture.KEY;
import static dev.sallyport.api.gateway.GatewayFixture.error;
import static dev.sallyport.api.gateway.GatewayFixture.risk;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.inference.FailureKind;
import dev.sallyport.ledger.FlushListener;
import dev.sallyport.ledger.Ledger;
import dev.sallyport.ledger.LedgerRole;
import dev.sallyport.ledger.LedgerSettings;
import dev.sallyport.migrations.DatabaseRole;
import dev.sallyport.migrations.TestDatabase;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Budgets and records of a real ledger, seen from outside. */
final class GatewayLedgerIT {
    private static final String INFER = "/v2/models/risk/infer";

    private TestDatabase database;
    private Ledger ledger;
    private GatewayFixture fixture;

    @BeforeEach
    void open(@TempDir Path keys) throws SQLException {
        database = TestDatabase.fresh();
        execute("INSERT INTO tenants (tenant, name) VALUES ('acme', 'Acme')");
        Map<LedgerRole, String> passwords = new EnumMap<>(LedgerRole.class);
        for (LedgerRole role : LedgerRole.values()) {
            passwords.put(role, database.password(DatabaseRole.of(role.roleName())));
        }
        ledger = Ledger.open(
                LedgerSettings.of(database.jdbcUrl(), passwords, keys, "node-1", "test"),
                InstantSource.system(),
                new SecureRandom(),
                FlushListener.NONE);
        fixture = new GatewayFixture(ledger);
    }

    @AfterEach
    void close() {
        fixture.close();
        ledger.close();
    }

    private void execute(String sql) throws SQLException {
        try (Connection superuser = database.superuser();
                Statement statement = superuser.createStatement()) {
            statement.execute(sql);
        }
    }

    private long count(String sql) throws SQLException {
        try (Connection superuser = database.superuser();
                Statement statement = superuser.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        }
    }

    private long used() throws SQLException {
        return count("SELECT coalesce(sum(used), 0) FROM budget_shares");
    }

    private long permits() throws SQLException {
        return count("SELECT count(*) FROM records WHERE convert_from(record, 'UTF8') LIKE '%\"effect\":\"permit\"%'");
    }

    private void budget(long limit) {
        fixture.policy(
                GatewayFixture.ACME,
                GatewayFixture.POLICY + "  budgets:\n    - {id: key-day, scope: [key], limit: " + limit
                        + ", window: P1D, kind: calendar}\n");
    }

    @Test
    void budget_spent_is429AndNothingMoreIsCharged() throws Exception {
        budget(2);
        for (int left = 1; left >= 0; left--) {
            HttpResponse<String> response = fixture.risk("n");
            assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
            assertThat(new JsonObject(response.body())
                            .getJsonObject("parameters")
                            .getInteger("budget_remaining"))
                    .isEqualTo(left);
            assertThat(response.headers().firstValue("Sallyport-Budget-Remaining"))
                    .hasValue(String.valueOf(left));
        }
        HttpResponse<String> response = fixture.risk("n");
        assertThat(GatewayFixture.header(response, "RateLimit-Policy"))
                .isEqualTo("\"key-day\";q=2;w=86400;qu=\"rows\"");
        assertThat(GatewayFixture.header(response, "RateLimit")).startsWith("\"key-day\";r=0;t=");
        assertThat(response.statusCode()).isEqualTo(429);
        assertThat(error(response)).startsWith("BUDGET_EXHAUSTED: ").contains("\"key-day\"", "tenant/acme:");
        assertThat(Integer.parseInt(response.headers().firstValue("Retry-After").orElseThrow()))
                .isBetween(1, 3600);
        assertThat(used()).isEqualTo(2);
        assertThat(permits()).isEqualTo(2);
    }

    @Test
    void budget_ofAKey_isNotRefilledByItsRotation() throws Exception {
        budget(1);
        assertThat(fixture.risk("n").statusCode()).isEqualTo(200);
        HttpResponse<String> rotated = fixture.post(INFER, "sp_rotated", risk("", "n"));
        assertThat(error(rotated)).startsWith("BUDGET_EXHAUSTED: ");
        budget(2);
        assertThat(fixture.post(INFER, "sp_rotated", risk("", "n")).statusCode())
                .isEqualTo(200);
        assertThat(used()).isEqualTo(2);
        String byTheNewKey = "%\"id\":\"key-2\"%";
        assertThat(count("SELECT count(*) FROM records WHERE convert_from(record, 'UTF8') LIKE '" + byTheNewKey
                        + "' AND convert_from(record, 'UTF8') LIKE '%\"effect\":\"permit\"%'"))
                .isEqualTo(1);
    }

    @Test
    void call_deniedOrFailed_givesItsRowsBack() throws Exception {
        budget(1);
        fixture.worker.model = AnsweringWorker.failing(FailureKind.OVERLOADED);
        assertThat(fixture.risk("n").statusCode()).isEqualTo(503);
        fixture.worker.model = job -> {
            throw new IllegalStateException("broken");
        };
        assertThat(fixture.risk("n").statusCode()).isEqualTo(500);
        fixture.worker.model = AnsweringWorker::run;
        assertThat(fixture.risk("SSN 536-22-8145").statusCode()).isEqualTo(403);
        assertThat(fixture.risk("n").statusCode()).isEqualTo(200);
        assertThat(used()).isEqualTo(1);
        assertThat(count("SELECT count(*) FROM records WHERE convert_from(record, 'UTF8') LIKE '%SSN_IN_TEXT%'"))
                .isEqualTo(1);
    }

    @Test
    void calls_atOnce_neverPassTheBudget() throws Exception {
        budget(20);
        List<CompletableFuture<Integer>> calls = IntStream.range(0, 100)
                .mapToObj(i -> fixture.client
                        .sendAsync(
                                fixture.request(INFER, KEY)
                                        .POST(BodyPublishers.ofString(risk("", "n")))
                                        .build(),
                                BodyHandlers.ofString())
                        .thenApply(HttpResponse::statusCode))
                .toList();
        List<Integer> statuses = calls.stream().map(CompletableFuture::join).toList();
        assertThat(statuses.stream().filter(status -> status == 200)).hasSize(20);
        assertThat(statuses.stream().filter(status -> status == 429)).hasSize(80);
        assertThat(used()).isEqualTo(20);
        assertThat(permits()).isEqualTo(20);
    }

    @Test
    void state_changedSinceTheDecision_isFoundStale() throws Exception {
        execute("UPDATE epochs SET epoch = epoch + 1 WHERE tenant = 'platform'");
        HttpResponse<String> response = fixture.risk("n");
        assertThat(error(response)).startsWith("STATE_CHANGED: ");
        assertThat(fixture.reloads).hasSize(2);
        assertThat(permits()).isZero();
    }

    @Test
    void refusals_repeated_areOneRecordASecond() throws Exception {
        for (int i = 0; i < 5; i++) {
            assertThat(fixture.post(INFER, "sp_x", "{}").statusCode()).isEqualTo(401);
        }
        long end = System.nanoTime() + 10_000_000_000L;
        String sql = "SELECT count(*) FROM records WHERE convert_from(record, 'UTF8') LIKE '%CREDENTIAL_UNKNOWN%'";
        while (count(sql) == 0 && System.nanoTime() < end) {
            Thread.sleep(50);
        }
        assertThat(count(sql)).isBetween(1L, 2L);
    }
}
