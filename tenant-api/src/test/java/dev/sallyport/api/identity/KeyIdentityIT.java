package dev.sallyport.api.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.api.TestLedger;
import dev.sallyport.format.Sha256;
import dev.sallyport.ledger.Ledger;
import dev.sallyport.migrations.DatabaseRole;
import dev.sallyport.policy.TenantId;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.ds.PGSimpleDataSource;

/** From a request's headers to a caller, over real keys. */
final class KeyIdentityIT {
    private static final TenantId ACME = new TenantId("acme");
    private static final Actor SYSTEM = Actor.system("test");

    @TempDir
    private static Path folder;

    private static TestLedger database;
    private static Ledger ledger;
    private static Vertx vertx;
    private static Acts acts;
    private static Keys keys;

    /** When it is, by the identity's clock. */
    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.now());

    /** How often the database was asked. */
    private final AtomicInteger asked = new AtomicInteger();

    private KeyIdentity identity;

    @BeforeAll
    static void open() throws SQLException {
        database = new TestLedger(folder);
        ledger = database.ledger();
        vertx = Vertx.vertx();
        acts = new Acts(ledger.scope(), ledger.mint());
        keys = new Keys(acts, ledger.scope(), ledger.keys()::apiKeyHash, new SecureRandom(), ledger.clock());
        database.update("INSERT INTO tenants (tenant, name) VALUES ('acme', 'Acme'), ('brief', 'Brief')");
    }

    @AfterAll
    static void close() {
        vertx.close().await();
        database.close();
    }

    @BeforeEach
    void begin() {
        identity = identity(now::get);
    }

    private KeyIdentity identity(InstantSource clock) {
        return new KeyIdentity(vertx, ledger.door(), ledger.keys()::apiKeyHash, clock, task -> {
            asked.incrementAndGet();
            Thread.startVirtualThread(task);
        });
    }

    private static KeyIssue.Issued issue(TenantId tenant, @Nullable Instant expires) {
        KeyRequest request = new KeyRequest("k", Role.CALLER, List.of("model:a"), "care", expires);
        return (KeyIssue.Issued) keys.issue(tenant, request, SYSTEM);
    }

    private static MultiMap headers(String key) {
        return MultiMap.caseInsensitiveMultiMap().add("Authorization", "Bearer " + key);
    }

    private IdentityResult identify(String key) {
        return identity.identify(headers(key)).await();
    }

    private static void checkKnown(IdentityResult result, KeyIssue.Issued issued) {
        assertThat(result)
                .isInstanceOfSatisfying(
                        IdentityResult.Known.class,
                        known -> assertThat(known.caller().keyId()).isEqualTo(issued.id()));
    }

    private static void checkUnknown(IdentityResult result) {
        assertThat(result).isEqualTo(new IdentityResult.Unknown());
    }

    @Test
    void key_known_isItsCaller() {
        KeyIssue.Issued issued = issue(ACME, null);
        assertThat(identify(issued.key())).isInstanceOfSatisfying(IdentityResult.Known.class, known -> {
            assertThat(known.caller().tenant()).isEqualTo(ACME);
            assertThat(known.caller().keyId()).isEqualTo(issued.id());
            assertThat(known.caller().role()).isEqualTo(Role.CALLER);
            assertThat(known.caller().scopes()).containsExactly("model:a");
            assertThat(known.caller().purpose()).isEqualTo("care");
        });
        checkKnown(identify(issued.key()), issued);
        assertThat(asked).as("the second time it is in the cache").hasValue(1);
    }

    @Test
    void key_wrongAnywhere_isUnknown() {
        String key = issue(ACME, null).key();
        for (int i = 0; i < key.length(); i++) {
            char other = key.charAt(i) == 'x' ? 'y' : 'x';
            checkUnknown(identify(key.substring(0, i) + other + key.substring(i + 1)));
        }
        checkUnknown(identify(key.substring(0, key.length() - 1)));
        checkUnknown(identify(key + "="));
        checkUnknown(identify("sp_" + "A".repeat(43)));
    }

    @Test
    void key_isStoredUnderAHashThatOnlyThePepperGives() throws SQLException {
        KeyIssue.Issued issued = issue(ACME, null);
        byte[] text = issued.key().getBytes(StandardCharsets.US_ASCII);
        try (Connection superuser = database.database().superuser();
                Statement query = superuser.createStatement();
                ResultSet row = query.executeQuery("SELECT hash FROM api_keys WHERE id = '" + issued.id() + "'")) {
            assertThat(row.next()).isTrue();
            String stored = HexFormat.of().formatHex(row.getBytes(1));
            assertThat(stored).isEqualTo(HexFormat.of().formatHex(ledger.keys().apiKeyHash(text)));
            assertThat(stored).isNotEqualTo(Sha256.hex(text));
        }
    }

    @Test
    void key_revokedHere_isUnknownAtOnce() {
        acts.onChange(identity::forget);
        KeyIssue.Issued issued = issue(ACME, null);
        checkKnown(identify(issued.key()), issued);
        keys.revoke(ACME, issued.id(), SYSTEM);
        checkUnknown(identify(issued.key()));
    }

    @Test
    void key_revokedElsewhere_isKnownForSecondsAtMost_andUnderItsOldEpochs() throws SQLException {
        KeyIssue.Issued issued = issue(ACME, null);
        StateEpochs before =
                ((IdentityResult.Known) identify(issued.key())).caller().epochs();
        database.update("UPDATE api_keys SET revoked_at = now() WHERE id = ?", issued.id());
        assertThat(((IdentityResult.Known) identify(issued.key())).caller().epochs())
                .as("what the fence compares")
                .isEqualTo(before);
        now.updateAndGet(time -> time.plus(Duration.ofSeconds(10)));
        checkUnknown(identify(issued.key()));
    }

    @Test
    void key_expired_isUnknown_inTheCacheToo() {
        Instant expires = Instant.now().plusSeconds(3_600).truncatedTo(ChronoUnit.MILLIS);
        KeyIssue.Issued issued = issue(ACME, expires);
        now.set(expires.minusSeconds(1));
        checkKnown(identify(issued.key()), issued);
        now.set(expires);
        checkUnknown(identify(issued.key()));
    }

    @Test
    void key_ofATenantThatIsDeleted_isUnknown() throws SQLException {
        KeyIssue.Issued issued = issue(new TenantId("brief"), null);
        database.update("UPDATE tenants SET deleted_at = now() WHERE tenant = 'brief'");
        checkUnknown(identify(issued.key()));
    }

    @Test
    void key_ofARoleThatCannotBeGranted_isUnknown() throws SQLException {
        for (String role : List.of("reviewer", "root")) {
            KeyIssue.Issued issued = issue(ACME, null);
            database.update("UPDATE api_keys SET role = ? WHERE id = ?", role, issued.id());
            checkUnknown(identify(issued.key()));
        }
    }

    @Test
    void caller_forgottenWhileTheDatabaseIsAsked_isNotPutBack() {
        AtomicReference<KeyIdentity> forgetting = new AtomicReference<>();
        // The clock is read after the count of what was forgotten and before the database.
        KeyIdentity own = identity(() -> {
            forgetting.get().forget(ACME);
            return now.get();
        });
        forgetting.set(own);
        KeyIssue.Issued issued = issue(ACME, null);
        for (int i = 1; i <= 3; i++) {
            checkKnown(own.identify(headers(issued.key())).await(), issued);
            assertThat(asked).hasValue(i);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"sp_", "sp_ü€𝄞", "sp_\u0000", "sp_' OR 1=1 --", "sp_%", "sp_\r\nX-Admin: 1", "sp_ a"})
    void key_ofHostileText_isUnknown(String key) {
        checkUnknown(identify(key));
    }

    @ParameterizedTest
    @ValueSource(ints = {257, 6_000, 1_000_000})
    void key_oversized_isUnknown_withoutAskingTheDatabase(int length) {
        checkUnknown(identify("sp_" + "a".repeat(length)));
        checkUnknown(identify("x".repeat(length)));
        assertThat(asked).hasValue(0);
    }

    @Test
    void headers_withoutAKey_areMissing_andWithTwo_conflicting() {
        MultiMap none = MultiMap.caseInsensitiveMultiMap();
        assertThat(identity.identify(none).await()).isEqualTo(new IdentityResult.Missing());
        assertThat(identify("")).isEqualTo(new IdentityResult.Missing());
        KeyIssue.Issued issued = issue(ACME, null);
        MultiMap same = headers(issued.key()).add("X-API-Key", issued.key());
        checkKnown(identity.identify(same).await(), issued);
        MultiMap two = headers(issued.key()).add("X-API-Key", issue(ACME, null).key());
        assertThat(identity.identify(two).await()).isEqualTo(new IdentityResult.Conflicting());
    }

    @Test
    void database_thatDoesNotAnswer_isUnavailable_untilItDoes() {
        Door door = new Door();
        int[] port = door.getPortNumbers();
        door.setPortNumbers(new int[] {1});
        KeyIdentity own = new KeyIdentity(vertx, door, ledger.keys()::apiKeyHash, now::get, Thread::startVirtualThread);
        KeyIssue.Issued issued = issue(ACME, null);
        assertThat(own.identify(headers(issued.key())).await()).isEqualTo(new IdentityResult.Unavailable());
        door.setPortNumbers(port);
        checkKnown(own.identify(headers(issued.key())).await(), issued);
    }

    /** The door to the same database without a pool, at a port that can be changed. */
    private static final class Door extends PGSimpleDataSource {
        private static final long serialVersionUID = 1L;

        Door() {
            setUrl(database.database().jdbcUrl());
            setUser(DatabaseRole.DOOR.roleName());
            setPassword(database.database().password(DatabaseRole.DOOR));
        }

        @Override
        public Connection getConnection() throws SQLException {
            Connection connection = super.getConnection();
            connection.setAutoCommit(false);
            return connection;
        }
    }
}
