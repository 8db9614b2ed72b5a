package dev.sallyport.api.admin;

import dev.sallyport.api.identity.Actor;
import dev.sallyport.api.identity.Acts;
import dev.sallyport.api.state.DocumentTable;
import dev.sallyport.api.state.SnapshotReader;
import dev.sallyport.ledger.FlushListener;
import dev.sallyport.ledger.Ledger;
import dev.sallyport.ledger.LedgerRole;
import dev.sallyport.ledger.LedgerSettings;
import dev.sallyport.ledger.Scoped;
import dev.sallyport.migrations.DatabaseRole;
import dev.sallyport.migrations.TestDatabase;
import dev.sallyport.policy.Combination;
import dev.sallyport.policy.Layer;
import dev.sallyport.policy.ModelName;
import dev.sallyport.policy.Packs;
import dev.sallyport.policy.ParseResult;
import dev.sallyport.policy.PolicyDocument;
import dev.sallyport.policy.PolicyParser;
import dev.sallyport.policy.TenantId;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/** What publishes policies and creates tenants, over a fresh database. */
final class Publishing implements AutoCloseable {
    static final Actor ACTOR = Actor.system("test");
    static final TenantId ACME = new TenantId("acme");
    static final ModelName RISK = new ModelName("risk");
    static final PolicyPlace PLATFORM = new PolicyPlace.OfPlatform();
    static final PolicyPlace TENANT = new PolicyPlace.OfTenant(ACME);
    static final PolicyPlace MODEL = new PolicyPlace.OfModel(ACME, RISK);

    /** A pack that asks for a field: no shipped one contradicts what a platform may say. */
    static final String ASKING = "asking";

    final Ledger ledger;
    final SnapshotReader snapshots;
    final Tenants tenants;
    final PolicyPublisher policies;

    Publishing(Path keys) {
        TestDatabase database = TestDatabase.fresh();
        Map<LedgerRole, String> passwords = new EnumMap<>(LedgerRole.class);
        for (LedgerRole role : LedgerRole.values()) {
            passwords.put(role, database.password(DatabaseRole.of(role.roleName())));
        }
        ledger = Ledger.open(
                LedgerSettings.of(database.jdbcUrl(), passwords, keys, "node", "test"),
                InstantSource.system(),
                new SecureRandom(),
                FlushListener.NONE);
        Acts acts = new Acts(ledger.scope(), ledger.mint());
        Map<String, PolicyDocument> packs = new HashMap<>(Packs.shipped());
        packs.put(ASKING, pack());
        snapshots = new SnapshotReader(ledger.scope(), new DocumentTable(), packs);
        tenants = new Tenants(acts, ledger.scope(), ledger.door(), new PackCheck(packs.keySet(), snapshots::read));
        PolicyCheck check = new PolicyCheck(
                snapshots::read, tenants::ids, () -> ledger.scope().run(TenantId.PLATFORM, Scoped::epochsTotal));
        policies = new PolicyPublisher(acts, ledger.scope(), tenants, check);
        create(ACME, List.of());
    }

    private static PolicyDocument pack() {
        String source = document(Layer.PACK, "pack/asking", "input: {required: [age]}");
        return switch (PolicyParser.parse("pack/asking", Layer.PACK, source)) {
            case ParseResult.Parsed(var document) -> document;
            case ParseResult.Rejected(var problems) -> throw new AssertionError(problems.toString());
        };
    }

    /** A document whose {@code spec} begins on line 5. */
    static String document(Layer layer, String name, String spec) {
        return """
                apiVersion: sallyport/v1
                kind: InferencePolicy
                metadata: {layer: %s, name: %s}
                spec:
                """.formatted(layer.id(), name) + spec.indent(2);
    }

    TenantCreation create(TenantId tenant, List<String> packs) {
        return tenants.create(tenant, "A tenant", packs, ACTOR);
    }

    Publication publish(PolicyPlace place, String spec) {
        String name = place.layer().id() + "/test";
        return policies.publish(place, document(place.layer(), name, spec), OptionalInt.empty(), false, ACTOR);
    }

    /** What a call of the tenant to a model that nobody has granted yet would be decided by. */
    Combination inForce(TenantId tenant) {
        return snapshots.read(tenant).policies().policyFor(tenant, UnknownModel.named(RISK));
    }

    @Override
    public void close() {
        ledger.close();
    }
}
