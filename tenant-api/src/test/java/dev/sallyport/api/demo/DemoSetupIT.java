package dev.sallyport.api.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.api.admin.PackCheck;
import dev.sallyport.api.admin.PolicyCheck;
import dev.sallyport.api.admin.PolicyPlace;
import dev.sallyport.api.admin.PolicyPublisher;
import dev.sallyport.api.admin.Publication;
import dev.sallyport.api.admin.Tenants;
import dev.sallyport.api.identity.Actor;
import dev.sallyport.api.identity.Acts;
import dev.sallyport.api.identity.KeyInfo;
import dev.sallyport.api.identity.Keys;
import dev.sallyport.api.models.ArtefactFolder;
import dev.sallyport.api.models.ModelRegistry;
import dev.sallyport.api.models.PlatformSigner;
import dev.sallyport.api.models.StoredModels;
import dev.sallyport.api.state.DocumentTable;
import dev.sallyport.api.state.SnapshotReader;
import dev.sallyport.inference.ModelRef;
import dev.sallyport.inference.StoredModel;
import dev.sallyport.ledger.FlushListener;
import dev.sallyport.ledger.Ledger;
import dev.sallyport.ledger.LedgerRole;
import dev.sallyport.ledger.LedgerSettings;
import dev.sallyport.ledger.Scoped;
import dev.sallyport.migrations.DatabaseRole;
import dev.sallyport.migrations.TestDatabase;
import dev.sallyport.policy.Packs;
import dev.sallyport.policy.TenantId;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoSetupIT {
    @TempDir
    private static Path directory;

    private static final List<String> PROGRESS = new ArrayList<>();
    private static Ledger ledger;
    private static DemoSetup.Services services;

    /** One database for all tests: each begins where another left it, which is what the set-up is for. */
    @BeforeAll
    static void open() throws IOException {
        TestDatabase database = TestDatabase.fresh();
        Map<LedgerRole, String> passwords = new EnumMap<>(LedgerRole.class);
        for (LedgerRole role : LedgerRole.values()) {
            passwords.put(role, database.password(DatabaseRole.of(role.roleName())));
        }
        SecureRandom random = new SecureRandom();
        Path keys = Files.createDirectory(directory.resolve("keys"));
        ledger = Ledger.open(
                LedgerSettings.of(database.jdbcUrl(), passwords, keys, "node", "test"),
                InstantSource.system(),
                random,
                FlushListener.NONE);
        Acts acts = new Acts(ledger.scope(), ledger.mint());
        ArtefactFolder artefacts = ArtefactFolder.open(directory.resolve("models"));
        SnapshotReader snapshots = new SnapshotReader(ledger.scope(), new DocumentTable(), Packs.shipped());
        PackCheck packs = new PackCheck(Packs.shipped().keySet(), snapshots::read);
        Tenants tenants = new Tenants(acts, ledger.scope(), ledger.door(), packs);
        PolicyCheck check = new PolicyCheck(
                snapshots::read, tenants::ids, () -> ledger.scope().run(TenantId.PLATFORM, Scoped::epochsTotal));
        services = new DemoSetup.Services(
                tenants,
                new Keys(acts, ledger.scope(), ledger.keys()::apiKeyHash, random, InstantSource.system()),
                new PolicyPublisher(acts, ledger.scope(), tenants, check),
                new ModelRegistry(acts, PlatformSigner.open(keys), artefacts),
                new StoredModels(ledger.scope(), artefacts));
        run();
        assertThat(PROGRESS).contains("training readmission-risk");
    }

    @AfterAll
    static void close() {
        ledger.close();
    }

    @Test
    void run_twice_changesNothingTheSecondTime() throws Exception {
        DemoAccess first = run();
        assertThat(first.tenants()).extracting(DemoAccess.Caller::tenant).containsExactly("acme-clinic", "euro-credit");
        byte[] manifest = readmissionRisk().manifest();

        PROGRESS.clear();
        DemoAccess second = run();
        assertThat(second).isEqualTo(first);
        assertThat(PROGRESS).isEmpty();
        assertThat(readmissionRisk().manifest()).isEqualTo(manifest);
        assertThat(live(TenantId.PLATFORM)).hasSize(2);
        assertThat(live(DemoTenant.EURO_CREDIT.id())).hasSize(2);
    }

    @Test
    void run_policyWasChanged_isKept() throws Exception {
        run();
        PolicyPlace place = new PolicyPlace.OfTenant(DemoTenant.ACME_CLINIC.id());
        String stricter =
                DemoPolicies.of(DemoTenant.ACME_CLINIC).getOrDefault(place, "").replace("maxRows: 256", "maxRows: 8");
        assertThat(services.policies().publish(place, stricter, OptionalInt.empty(), false, Actor.system("test")))
                .isInstanceOf(Publication.Published.class);
        DemoAccess access = run();
        assertThat(services.policies().current(place).orElseThrow().source()).isEqualTo(stricter);
        assertThat(access.changed()).contains("acme-clinic (replaced)");
        assertThat(banner(access)).contains("are kept", "acme-clinic (replaced)");
    }

    @Test
    void run_policyWasWithdrawn_isNotPublishedAgain() throws Exception {
        assertThat(run().changed()).doesNotContain("euro-credit/digits (withdrawn)");
        PolicyPlace place = new PolicyPlace.OfModel(DemoTenant.EURO_CREDIT.id(), DemoModels.DIGITS.name());
        assertThat(services.policies().withdraw(place, OptionalInt.empty(), Actor.system("test")))
                .isInstanceOf(Publication.Published.class);
        DemoAccess access = run();
        assertThat(services.policies().current(place)).isEmpty();
        assertThat(banner(access)).contains("euro-credit/digits (withdrawn)");
    }

    private static String banner(DemoAccess access) {
        StringWriter out = new StringWriter();
        DemoBanner.print(new PrintWriter(out), List.of(), access.changed(), directory);
        return out.toString();
    }

    @Test
    void run_keyFileLost_issuesNewKeysAndRevokesTheLost() throws Exception {
        DemoAccess first = run();
        Files.delete(directory.resolve("demo-keys.json"));
        DemoAccess second = run();
        assertThat(second.admin()).isNotEqualTo(first.admin());
        assertThat(live(TenantId.PLATFORM)).hasSize(2);
    }

    @Test
    void run_oneKeyRevoked_isReplacedAloneAndOthersStay() throws Exception {
        DemoAccess first = run();
        KeyInfo auditor = live(TenantId.PLATFORM).stream()
                .filter(key -> key.name().equals(DemoKey.AUDITOR.request().name()))
                .findFirst()
                .orElseThrow();
        services.keys().revoke(TenantId.PLATFORM, auditor.id(), Actor.system("test"));
        DemoAccess second = run();
        assertThat(second.auditor()).isNotEqualTo(first.auditor());
        assertThat(second.admin()).isEqualTo(first.admin());
        assertThat(second.tenants()).isEqualTo(first.tenants());
    }

    private static DemoAccess run() throws IOException {
        return new DemoSetup(services, directory, PROGRESS::add).run();
    }

    private static StoredModel readmissionRisk() throws IOException {
        DemoModel model = DemoModels.READMISSION_RISK;
        return services.store()
                .find(new ModelRef(TenantId.PLATFORM, model.name(), model.version()))
                .orElseThrow();
    }

    private static List<KeyInfo> live(TenantId tenant) {
        return services.keys().list(tenant).stream()
                .filter(key -> key.revokedAt() == null)
                .toList();
    }
}
