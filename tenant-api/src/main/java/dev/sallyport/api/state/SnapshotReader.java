package dev.sallyport.api.state;

import dev.sallyport.api.identity.StateEpochs;
import dev.sallyport.format.Epochs;
import dev.sallyport.inference.ManifestCodec;
import dev.sallyport.inference.ModelManifest;
import dev.sallyport.ledger.Scoped;
import dev.sallyport.ledger.TenantScope;
import dev.sallyport.policy.ModelVersion;
import dev.sallyport.policy.PolicyDocument;
import dev.sallyport.policy.PolicyEngine;
import dev.sallyport.policy.PolicySet;
import dev.sallyport.policy.TenantId;
import dev.sallyport.policy.TenantLayers;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
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
     * @param packs the packs that tenants may choose, by id
     */
    public SnapshotReader(TenantScope scope, DocumentTable documents, Map<String, PolicyDocument> packs) {
        this.scope = scope;
        this.documents = documents;
        this.packs = Map.copyOf(packs);
    }

    /** What the transaction reads; it is made sense of afterwards, since a transaction may last a second at most. */
    private record Rows(
            StateEpochs epochs,
            DocumentTable.Sources platform,
            DocumentTable.Sources tenant,
            List<GrantedManifest> manifests) {}

    /** A version that the tenant may call, in the form in which it was signed. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record GrantedManifest(String alias, byte[] manifest) {}

    /**
     * Reads a tenant's snapshot.
     *
     * @param tenant the tenant; one that does not exist has no models and no layers
     * @return what its calls are decided from
     * @throws dev.sallyport.ledger.LedgerException if the database cannot be asked
     */
    public TenantSnapshot read(TenantId tenant) {
        Rows rows = scope.run(tenant, SnapshotReader::rows);
        PolicyDocument platform = documents.platform(rows.platform());
        TenantLayers layers = documents.layers(rows.tenant());
        return new TenantSnapshot(
                tenant,
                rows.epochs(),
                models(rows.manifests()),
                layers,
                PolicyEngine.of(new PolicySet(platform, packs, Map.of(tenant, layers))));
    }

    private static Rows rows(Scoped scoped) throws SQLException {
        Epochs epochs = scoped.epochs();
        DocumentTable.Sources platform = scoped.within(TenantId.PLATFORM, DocumentTable::read);
        return new Rows(
                new StateEpochs(epochs.tenant(), epochs.platform()),
                platform,
                DocumentTable.read(scoped),
                manifests(scoped));
    }

    private static List<GrantedManifest> manifests(Scoped scoped) throws SQLException {
        List<GrantedManifest> manifests = new ArrayList<>();
        try (PreparedStatement query = scoped.connection().prepareStatement(VERSIONS)) {
            query.setString(1, scoped.tenant().value());
            query.setString(2, scoped.tenant().value());
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    manifests.add(new GrantedManifest(row.getString("alias"), row.getBytes("manifest")));
                }
            }
        }
        return manifests;
    }

    private static NavigableMap<String, NavigableMap<ModelVersion, ModelManifest>> models(
            List<GrantedManifest> manifests) {
        NavigableMap<String, NavigableMap<ModelVersion, ModelManifest>> models = new TreeMap<>();
        for (GrantedManifest granted : manifests) {
            ModelManifest manifest = ManifestCodec.decode(granted.manifest());
            models.computeIfAbsent(granted.alias(), alias -> new TreeMap<>()).put(manifest.version(), manifest);
        }
        return models;
    }
}
