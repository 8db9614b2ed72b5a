package dev.sallyport.api.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.ledger.FlushListener;
import dev.sallyport.ledger.Ledger;
import dev.sallyport.ledger.LedgerRole;
import dev.sallyport.ledger.LedgerSettings;
import dev.sallyport.migrations.DatabaseRole;
import dev.sallyport.migrations.TestDatabase;
import dev.sallyport.policy.TenantId;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a key is counted under, over real keys. */
final class KeyRotationIT {
    private static final Actor SYSTEM = Actor.system("test");
    private static final KeyRequest REQUEST = new KeyRequest("k", Role.AUDITOR, List.of(), null, null);

    private Ledger ledger;
    private Vertx vertx;
    private Keys keys;
    private KeyIdentity identity;

    @BeforeEach
    void open(@TempDir Path folder) {
        TestDatabase database = TestDatabase.fresh();
        Map<LedgerRole, String> passwords = new EnumMap<>(LedgerRole.class);
        for (LedgerRole role : LedgerRole.values()) {
            passwords.put(role, database.password(DatabaseRole.of(role.roleName())));
        }
        ledger = Ledger.open(
                LedgerSettings.of(database.jdbcUrl(), passwords, folder, "node-1", "test"),
                InstantSource.system(),
                new SecureRandom(),
                FlushListener.NONE);
        vertx = Vertx.vertx();
        Acts acts = new Acts(ledger.scope(), ledger.mint());
        keys = new Keys(acts, ledger.scope(), ledger.keys()::apiKeyHash, new SecureRandom(), ledger.clock());
        identity = new KeyIdentity(
                vertx, ledger.door(), ledger.keys()::apiKeyHash, ledger.clock(), Thread::startVirtualThread);
    }

    @AfterEach
    void close() {
        vertx.close().await();
        ledger.close();
    }

    private KeyIssue.Issued issue() {
        return (KeyIssue.Issued) keys.issue(TenantId.PLATFORM, REQUEST, SYSTEM);
    }

    private KeyIssue.Issued rotate(KeyIssue.Issued old) {
        return (KeyIssue.Issued) keys.rotate(TenantId.PLATFORM, old.id(), SYSTEM);
    }

    private Caller caller(KeyIssue.Issued issued) {
        MultiMap headers = MultiMap.caseInsensitiveMultiMap().add("X-API-Key", issued.key());
        return ((IdentityResult.Known) identity.identify(headers).await()).caller();
    }

    @Test
    void key_rotatedAgainAndAgain_isCountedUnderTheFirst() {
        KeyIssue.Issued first = issue();
        assertThat(caller(first).lineage()).isEqualTo(first.id());
        KeyIssue.Issued third = rotate(rotate(first));
        assertThat(caller(third).keyId()).isEqualTo(third.id()).isNotEqualTo(first.id());
        assertThat(caller(third).lineage()).isEqualTo(first.id());
    }

    @Test
    void key_issuedAnew_isCountedByItself() {
        KeyIssue.Issued one = issue();
        KeyIssue.Issued other = issue();
        assertThat(caller(other).lineage()).isEqualTo(other.id()).isNotEqualTo(one.id());
    }
}
