package dev.sallyport.reports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.sallyport.format.Act;
import dev.sallyport.format.Effect;
import dev.sallyport.format.Facts;
import dev.sallyport.format.JsonValue.JObject;
import dev.sallyport.format.Principal;
import dev.sallyport.format.RecordBuilder;
import dev.sallyport.ledger.Append;
import dev.sallyport.ledger.AppendResult;
import dev.sallyport.ledger.FlushListener;
import dev.sallyport.ledger.Ledger;
import dev.sallyport.ledger.LedgerRole;
import dev.sallyport.ledger.LedgerSettings;
import dev.sallyport.migrations.DatabaseRole;
import dev.sallyport.migrations.TestDatabase;
import dev.sallyport.policy.TenantId;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
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

/** Reports from a real ledger. */
class ReportIT {
    private static final TenantId ACME = new TenantId("acme");
    private static final TenantId EURO = new TenantId("euro");
    private static final String DIGEST = "c".repeat(64);

    private final TestDatabase database = TestDatabase.fresh();

    @TempDir
    Path keys;

    private Ledger ledger;

    @BeforeEach
    void begin() throws Exception {
        ledger = open();
        asSuperuser("INSERT INTO tenants (tenant, name) VALUES ('acme', 'Acme'), ('euro', 'Euro')");
    }

    @AfterEach
    void close() {
        ledger.close();
    }

    @Test
    void report_ofATenant_countsItsRecordsAndNobodyElses() {
        publish(ACME);
        answer(ACME, 30);
        answer(EURO, 5);
        Report report = generate(ACME);
        assertThat(report.totals().decisions()).isEqualTo(30);
        assertThat(report.totals().acts()).isEqualTo(1);
        assertThat(report.totals().unreadable()).isZero();
        assertThat(outcome(report, "GDPR-5.1.b")).isEqualTo(Outcome.SATISFIED);
        assertThat(report.policies())
                .extracting(PolicyInForce::object, PolicyInForce::digest)
                .containsExactly(tuple("tenants/acme/policy", DIGEST));
        assertThat(generate(EURO).policies()).isEmpty();
        assertThat(generate(EURO).totals().decisions()).isEqualTo(5);
    }

    @Test
    void report_madeAgainAfterARestart_isTheSameBytes() {
        publish(TenantId.PLATFORM);
        answer(ACME, 10);
        Instant to = Instant.now().plusSeconds(1);
        Instant from = to.minus(Duration.ofHours(1));
        byte[] once = ReportJson.write(generate(ACME, from, to));
        ledger.close();
        ledger = open();
        assertThat(ReportJson.write(generate(ACME, from, to))).isEqualTo(once);
        assertThat(generate(ACME, from, to).policies()).hasSize(1);
    }

    @Test
    void report_overARecordThatWasAltered_passesNothing() throws Exception {
        answer(ACME, 3);
        asSuperuser("UPDATE records SET record = record || ' '::bytea WHERE id = (SELECT min(id) FROM records)");
        Report report = generate(ACME);
        assertThat(report.totals().unreadable()).isEqualTo(1);
        assertThat(report.totals().decisions()).isEqualTo(2);
        assertThat(report.summary().passed()).isZero();
    }

    private Report generate(TenantId tenant) {
        Instant now = Instant.now();
        return generate(tenant, now.minus(Duration.ofHours(1)), now.plus(Duration.ofHours(1)));
    }

    private Report generate(TenantId tenant, Instant from, Instant to) {
        return ReportGenerator.generate(
                ReportRequest.of(tenant, List.of("gdpr", "hipaa"), from, to), new LedgerSource(ledger.reader()));
    }

    private static Outcome outcome(Report report, String id) {
        return report.controls().stream()
                .filter(result -> result.control().id().equals(id))
                .map(ControlResult::outcome)
                .findFirst()
                .orElseThrow();
    }

    private void answer(TenantId tenant, int calls) {
        var mint = ledger.mint();
        append(IntStream.range(0, calls)
                .mapToObj(i -> mint.decision(
                                mint.id(), tenant, Principal.key("key-1", "caller"), "predict", Effect.PERMIT)
                        .policy(DIGEST)
                        .facts(Facts.builder()
                                .purpose("care")
                                .lawfulBasis("public_task")
                                .rows(1)
                                .build()))
                .toList());
    }

    private void publish(TenantId tenant) {
        append(List.of(ledger.mint()
                .act(
                        tenant,
                        Principal.key("key-9", "tenant-admin"),
                        "policy.publish",
                        new Act("tenants/" + tenant + "/policy", null, DIGEST, JObject.EMPTY))));
    }

    private void append(List<RecordBuilder> records) {
        records.stream()
                .map(RecordBuilder::build)
                .map(written -> ledger.writer()
                        .append(Append.of(written, null, Duration.ofSeconds(30)))
                        .toCompletableFuture())
                .toList()
                .stream()
                .map(CompletableFuture::join)
                .forEach(result -> assertThat(result).isInstanceOf(AppendResult.Committed.class));
    }

    private void asSuperuser(String sql) throws Exception {
        try (Connection connection = database.superuser();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private Ledger open() {
        Map<LedgerRole, String> passwords = new EnumMap<>(LedgerRole.class);
        for (LedgerRole role : LedgerRole.values()) {
            passwords.put(role, database.password(DatabaseRole.of(role.roleName())));
        }
        LedgerSettings settings = LedgerSettings.of(database.jdbcUrl(), passwords, keys, "node-1", "test");
        return Ledger.open(settings, InstantSource.system(), new SecureRandom(), FlushListener.NONE);
    }
}
