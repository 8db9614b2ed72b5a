package dev.sallyport.api.launch;

import dev.sallyport.api.admin.KeyRoutes;
import dev.sallyport.api.admin.MeRoutes;
import dev.sallyport.api.admin.PackCheck;
import dev.sallyport.api.admin.PolicyCheck;
import dev.sallyport.api.admin.PolicyPublisher;
import dev.sallyport.api.admin.PolicyRoutes;
import dev.sallyport.api.admin.TenantRoutes;
import dev.sallyport.api.admin.Tenants;
import dev.sallyport.api.audit.ExportRoutes;
import dev.sallyport.api.audit.LogExport;
import dev.sallyport.api.audit.LogKeyRoutes;
import dev.sallyport.api.audit.LogRoutes;
import dev.sallyport.api.audit.RecordRoutes;
import dev.sallyport.api.audit.RecordedRefusals;
import dev.sallyport.api.audit.ReportRoutes;
import dev.sallyport.api.audit.Reports;
import dev.sallyport.api.http.Bodies;
import dev.sallyport.api.identity.Acts;
import dev.sallyport.api.identity.KeyIdentity;
import dev.sallyport.api.identity.Keys;
import dev.sallyport.api.models.ArtefactFolder;
import dev.sallyport.api.models.ModelRegistry;
import dev.sallyport.api.models.PlatformSigner;
import dev.sallyport.api.models.StoredModels;
import dev.sallyport.api.operations.CallListener;
import dev.sallyport.api.state.DocumentTable;
import dev.sallyport.api.state.SnapshotReader;
import dev.sallyport.api.state.TenantSnapshots;
import dev.sallyport.api.web.Contract;
import dev.sallyport.api.web.OperationRoutes;
import dev.sallyport.ledger.Ledger;
import dev.sallyport.ledger.RecordMint;
import dev.sallyport.ledger.Scoped;
import dev.sallyport.policy.Packs;
import dev.sallyport.policy.TenantId;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Executor;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;

/** The services over an open ledger, put together by hand. */
final class Services {
    private final Vertx vertx;
    private final Ledger ledger;
    private final Executor blocking;
    private final Acts acts;
    private final KeyIdentity identity;
    private final TenantSnapshots snapshots;
    private final RecordMint mint;
    private final Tenants tenants;
    private final Keys keys;
    private final PolicyPublisher policies;
    private final ModelRegistry registry;
    private final StoredModels store;
    private final PlatformSigner signer;
    private final Reports reports;

    /**
     * Builds them.
     *
     * @param vertx completes what is waited for
     * @param ledger open
     * @param data the data folder
     * @param random a cryptographically secure source
     * @param blocking runs what blocks, a virtual thread each
     * @throws IOException if the folders of keys and models cannot be used
     */
    Services(Vertx vertx, Ledger ledger, Path data, RandomGenerator random, Executor blocking) throws IOException {
        this.vertx = vertx;
        this.ledger = ledger;
        this.blocking = blocking;
        UnaryOperator<byte[]> hash = ledger.keys()::apiKeyHash;
        SnapshotReader reader = new SnapshotReader(ledger.scope(), new DocumentTable(), Packs.shipped());
        ArtefactFolder artefacts = ArtefactFolder.open(data.resolve("models"));
        this.acts = new Acts(ledger.scope(), ledger.mint());
        this.identity = new KeyIdentity(vertx, ledger.door(), hash, ledger.clock(), blocking);
        this.snapshots = new TenantSnapshots(vertx, reader::read, identity::forget, blocking);
        this.mint = ledger.mint().keeping(snapshots::retention);
        this.tenants = new Tenants(
                acts,
                ledger.scope(),
                ledger.door(),
                new PackCheck(Packs.shipped().keySet(), reader::read));
        this.keys = new Keys(acts, ledger.scope(), hash, random, ledger.clock());
        PolicyCheck check = new PolicyCheck(
                reader::read, tenants::ids, () -> ledger.scope().run(TenantId.PLATFORM, Scoped::epochsTotal));
        this.policies = new PolicyPublisher(acts, ledger.scope(), tenants, check);
        this.signer = PlatformSigner.open(data.resolve("keys"));
        this.registry = new ModelRegistry(acts, signer, artefacts);
        this.store = new StoredModels(ledger.scope(), artefacts);
        this.reports =
                new Reports(acts, ledger.scope(), ledger.mint(), ledger.reader(), data.resolve("reports"), blocking);
        acts.onChange(identity::forget);
        acts.onChange(snapshots::forget);
        ledger.onStateMoved(identity::forget);
        ledger.onStateMoved(snapshots::forget);
        // Read here, so that no request is the first to wait for the key that hashes credentials.
        if (hash.apply(new byte[0]).length == 0) {
            throw new IllegalStateException("keys are not hashed");
        }
    }

    /** The interfaces for administrators and auditors; {@code bodies} reads theirs, {@code ended} hears of each request. */
    OperationRoutes operations(Contract contract, Bodies bodies, CallListener ended) {
        OperationRoutes routes = new OperationRoutes(
                vertx,
                bodies,
                contract,
                identity,
                new RecordedRefusals(ledger.writer(), mint),
                ended,
                ledger.mint()::id,
                blocking);
        new TenantRoutes(tenants).register(routes);
        new KeyRoutes(keys, tenants).register(routes);
        new PolicyRoutes(policies, tenants).register(routes);
        new MeRoutes(snapshots::await, ledger.scope(), ledger.clock()).register(routes);
        new RecordRoutes(ledger.reader()).register(routes);
        new LogRoutes(ledger.log(), ledger.reader(), id -> tenants.find(id).isPresent()).register(routes);
        new LogKeyRoutes(ledger.log(), ledger.receiptKeys(), System::nanoTime).register(routes);
        new ExportRoutes(
                        new LogExport(ledger.log(), ledger.receiptKeys()::certificates),
                        id -> tenants.find(id).isPresent())
                .register(routes);
        new ReportRoutes(reports, id -> tenants.find(id).isPresent(), tenants::ids, ledger.clock()).register(routes);
        return routes;
    }

    KeyIdentity identity() {
        return identity;
    }

    TenantSnapshots snapshots() {
        return snapshots;
    }

    /** Begins the records of decisions, which are kept for as long as their tenant's policy asks. */
    RecordMint mint() {
        return mint;
    }

    Tenants tenants() {
        return tenants;
    }

    Keys keys() {
        return keys;
    }

    PolicyPublisher policies() {
        return policies;
    }

    ModelRegistry registry() {
        return registry;
    }

    StoredModels store() {
        return store;
    }

    PlatformSigner signer() {
        return signer;
    }

    Reports reports() {
        return reports;
    }
}
