package dev.sallyport.ledger;

import static dev.sallyport.ledger.LedgerFixture.ACME;
import static dev.sallyport.ledger.LedgerFixture.EURO;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class KeysIT {
    private static final byte[] API_KEY = "sp_test".getBytes(StandardCharsets.US_ASCII);
    private static final String RECORD = "01K9ZZZZZZZZZZZZZZZZZZZZZZ";
    private LedgerFixture fixture;

    @BeforeEach
    void open() {
        fixture = new LedgerFixture();
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void keys_afterARestart_areTheSame() {
        byte[] hash = fixture.ledger.keys().apiKeyHash(API_KEY);
        byte[] handle = fixture.ledger.subjects().handle(ACME, "patient-1");
        String pseudonym = fixture.ledger.subjects().pseudonym(ACME, RECORD, "patient-1");
        SealedPayload sealed = fixture.ledger.keys().seal(ACME, RECORD, new byte[] {1, 2, 3});

        fixture.restart();

        assertThat(fixture.ledger.keys().apiKeyHash(API_KEY)).isEqualTo(hash).hasSize(32);
        assertThat(fixture.ledger.subjects().handle(ACME, "patient-1")).isEqualTo(handle);
        assertThat(fixture.ledger.subjects().pseudonym(ACME, RECORD, "patient-1"))
                .isEqualTo(pseudonym)
                .hasSize(64);
        assertThat(fixture.ledger.keys().open(ACME, RECORD, sealed)).containsExactly(1, 2, 3);
    }

    @Test
    void subject_ofAnotherTenantOrRecord_hasAnotherName() {
        Subjects subjects = fixture.ledger.subjects();
        assertThat(subjects.handle(ACME, "p")).isNotEqualTo(subjects.handle(EURO, "p"));
        assertThat(subjects.pseudonym(ACME, RECORD, "p"))
                .isNotEqualTo(subjects.pseudonym(ACME, RECORD.replace('K', 'J'), "p"))
                .isNotEqualTo(subjects.pseudonym(EURO, RECORD, "p"));
    }

    @Test
    void subjectKey_madeByManyAtOnce_isOne() throws Exception {
        Set<String> pseudonyms = new HashSet<>();
        try (var pool = Executors.newVirtualThreadPerTaskExecutor();
                Ledger other = fixture.open(fixture.database.jdbcUrl(), "node-2")) {
            Callable<String> here = () -> fixture.ledger.subjects().pseudonym(ACME, RECORD, "new");
            Callable<String> there = () -> other.subjects().pseudonym(ACME, RECORD, "new");
            for (Future<String> made : pool.invokeAll(IntStream.range(0, 16)
                    .mapToObj(i -> i % 2 == 0 ? here : there)
                    .toList())) {
                pseudonyms.add(made.get());
            }
        }
        assertThat(pseudonyms).hasSize(1);
    }

    @Test
    void payload_ofAnotherRecordOrTenant_isNotOpened() {
        KeyHierarchy keys = fixture.ledger.keys();
        SealedPayload sealed = keys.seal(ACME, RECORD, new byte[] {1});
        assertThatThrownBy(() -> keys.open(EURO, RECORD, sealed)).isInstanceOf(LedgerException.class);
        assertThatThrownBy(() -> keys.open(ACME, RECORD.replace('K', 'J'), sealed))
                .isInstanceOf(LedgerException.class);
    }

    @Test
    void keyFiles_areTheOwnersAlone() throws IOException {
        fixture.ledger.subjects().handle(ACME, "p");
        try (Stream<Path> files = Files.walk(fixture.keys)) {
            assertThat(files.filter(Files::isRegularFile).filter(file -> !file.endsWith("log.vkey")))
                    .hasSize(3)
                    .allSatisfy(file -> assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                            .isEqualTo("rw-------"));
        }
    }

    @Test
    void rootKey_lost_isNotMadeAnew() throws IOException {
        fixture.ledger.keys().apiKeyHash(new byte[] {1});
        fixture.ledger.close();
        Path root = fixture.keys.resolve("root.key");
        byte[] kept = Files.readAllBytes(root);
        Files.delete(root);
        assertThatThrownBy(() -> fixture.open(fixture.database.jdbcUrl(), "node-1"))
                .hasMessageContaining("root.key is missing");
        assertThat(root).doesNotExist();
        Files.write(root, kept);
        Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rw-------"));
        fixture.ledger = fixture.open(fixture.database.jdbcUrl(), "node-1");
    }

    @Test
    void rootKey_readableByOthers_isRefused() throws IOException {
        fixture.ledger.close();
        Files.setPosixFilePermissions(fixture.keys.resolve("root.key"), PosixFilePermissions.fromString("rw-r--r--"));
        assertThatThrownBy(fixture::restart).isInstanceOf(LedgerException.class).hasMessageContaining("chmod 600");
    }

    @Test
    void keysFolder_lost_isRefusedInsteadOfMadeAnew() throws IOException {
        fixture.ledger.keys().apiKeyHash(API_KEY);
        fixture.ledger.close();
        try (Stream<Path> files = Files.walk(fixture.keys)) {
            Path log = fixture.keys.resolve("log");
            for (Path file : files.filter(Files::isRegularFile)
                    .filter(file -> !file.startsWith(log))
                    .toList()) {
                Files.delete(file);
            }
        }
        fixture.restart();
        assertThatThrownBy(() -> fixture.ledger.keys().apiKeyHash(API_KEY)).isInstanceOf(LedgerException.class);
    }
}
