package dev.sallyport.api.state;

import dev.sallyport.api.identity.StateEpochs;
import dev.sallyport.format.Epochs;
import dev.sallyport.inference.ManifestCodec;
import dev.sallyport.inference.ModelManifest;
import dev.sallyport.ledger.Scoped;
import dev.sallyport.ledger.TenantScope;
import dev.sallyport.policy.ModelVersion;
import dev.sallyport.policy.Packs;
import dev.sallyport.policy.PolicyDocument;
import dev.sallyport.policy.PolicyEngine;
import dev.sallyport.policy.PolicySet;
import dev.sallyport.policy.TenantId;
import dev.sallyport.policy.TenantLayers;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * Reads what a tenant's calls are decided from. The epochs are read first: a change in between makes what was read look
 * older than it is, never newer. Blocks; safe for many threads.
 */
public final class SnapshotReader {
    private static final String VERSIONS = """
            SELECT model AS alias, manifest FROM model_versions WHERE tenant = ?
            UNION ALL
            SELECT g.alias, v.manifest FROM model_grants g
            JOIN model_versions v ON v.tenant = g.owner AND v.model = g.model
            WHERE g.tenant = ? AND g.revoked_at IS NULL""";

    private final TenantScope scope;
    private final DocumentTable documents;
    private final Map<String, PolicyDocument> packs;

    /**
     * Makes the one instance.
     *
     * @param scope the way to tenants' rows
     * @param documents reads policy documents
     */
    public SnapshotReader(TenantScope scope, DocumentTable documents) {
        this.scope = scope;
        this.documents = documents;
        this.packs = Packs.shipped();
    }

    /** The platform's document, with the epochs under which it was read. */
    private record Platform(PolicyDocument document, Epochs epochs) {}

    /**
     * Reads a tenant's snapshot.
     *
     * @param tenant the tenant; one that does not exist has no models and no layers
     * @return what its calls are decided from
     * @throws dev.sallyport.ledger.LedgerException if the database cannot be asked
     */
    public TenantSnapshot read(TenantId tenant) {
        return scope.run(tenant, scoped -> {
            Platform platform = scoped.within(
                    TenantId.PLATFORM, within -> new Platform(documents.platform(within), within.epochs()));
            Epochs epochs = scoped.epochs();
            TenantLayers layers = documents.layers(scoped);
            PolicySet policies = new PolicySet(platform.document(), packs, Map.of(tenant, layers));
            return new TenantSnapshot(
                    tenant,
                    new StateEpochs(
                            epochs.tenant(),
                            Math.min(epochs.platform(), platform.epochs().platform())),
                    models(scoped),
                    layers,
                    PolicyEngine.of(policies));
        });
    }

    private static NavigableMap<String, NavigableMap<ModelVersion, ModelManifest>> models(Scoped scoped)
            throws SQLException {
        NavigableMap<String, NavigableMap<ModelVersion, ModelManifest>> models = new TreeMap<>();
        try (PreparedStatement query = scoped.connection().prepareStatement(VERSIONS)) {
            query.setString(1, scoped.tenant().value());
            query.setString(2, scoped.tenant().value());
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    ModelManifest manifest = ManifestCodec.decode(row.getBytes("manifest"));
                    models.computeIfAbsent(row.getString("alias"), alias -> new TreeMap<>())
                            .put(manifest.version(), manifest);
                }
            }
        }
        return models;
    }
}
