package dev.sallyport.ledger;

import static dev.sallyport.ledger.LedgerFixture.ACME;
import static dev.sallyport.ledger.LedgerFixture.FIRST;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.format.AuditRecord;
import dev.sallyport.migrations.TestDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class LedgerTraceIT {
    @TempDir
    private Path folder;

    private static void trace(LedgerFixture fixture, String url, Path file) {
        fixture.ledger.close();
        LedgerSettings plain = fixture.settings(url, "node-1");
        fixture.ledger = Ledger.open(
                new LedgerSettings(
                        plain.jdbcUrl(),
                        plain.passwords(),
                        plain.keysDir(),
                        plain.node(),
                        plain.software(),
                        plain.log(),
                        plain.queueLimit(),
                        plain.batchLimit(),
                        Optional.of(file),
                        plain.lease()),
                InstantSource.system(),
                new SecureRandom(),
                FlushListener.NONE);
    }

    private List<String> events(Path file) throws Exception {
        return Files.readAllLines(file).stream()
                .map(line -> line.replaceAll(
                        "\\{\"at\":[0-9]{16},\"node\":\"node-1\",\"generation\":[0-9]+,\"event\":\"([a-z-]+)\","
                                + "\"flush\":([0-9]+),\"records\":([0-9]+),\"reason\":\"[0-9A-Z]*\"}",
                        "$1 $2 $3"))
                .toList();
    }

    @Test
    void flush_committed_tellsEachStep() throws Exception {
        Path file = folder.resolve("trace");
        try (var fixture = new LedgerFixture()) {
            trace(fixture, fixture.database.jdbcUrl(), file);
            assertThat(fixture.append(fixture.permit(ACME, FIRST, List.of()), null))
                    .isInstanceOf(AppendResult.Committed.class);
        }
        assertThat(events(file)).containsExactly("begin 1 1", "commit 1 1", "committed 1 1");
    }

    @Test
    void flush_connectionLostInCommit_tellsThatItsOutcomeWasUnknown() throws Exception {
        Path file = folder.resolve("trace");
        var next = new AtomicReference<>(CuttingProxy.Cut.NONE);
        try (var proxy = new CuttingProxy(TestDatabase.fresh().jdbcUrl(), () -> next.getAndSet(CuttingProxy.Cut.NONE));
                var fixture = new LedgerFixture()) {
            trace(fixture, proxy.through(fixture.database.jdbcUrl()), file);
            AuditRecord record = fixture.permit(ACME, FIRST, List.of());
            next.set(CuttingProxy.Cut.AFTER);
            assertThat(fixture.append(record, null)).isInstanceOf(AppendResult.Committed.class);
        }
        assertThat(events(file))
                .containsSubsequence("begin 1 1", "commit 1 1", "unknown 1 1", "begin 1 1", "committed-before 1 1");
    }
}
