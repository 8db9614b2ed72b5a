package dev.sallyport.api.models;

import dev.sallyport.inference.ModelRef;
import dev.sallyport.inference.ModelStore;
import dev.sallyport.inference.StoredModel;
import dev.sallyport.ledger.LedgerException;
import dev.sallyport.ledger.TenantScope;
import java.io.IOException;
import java.util.Optional;

/** Model versions as the workers ask for them: manifests from the database, artefacts from the folder. */
public final class StoredModels implements ModelStore {
    private final TenantScope scope;
    private final ArtefactFolder artefacts;

    /**
     * Makes the one instance.
     *
     * @param scope the way to tenants' rows
     * @param artefacts the artefacts
     */
    public StoredModels(TenantScope scope, ArtefactFolder artefacts) {
        this.scope = scope;
        this.artefacts = artefacts;
    }

    @Override
    public Optional<StoredModel> find(ModelRef ref) throws IOException {
        try {
            return scope.run(ref.owner(), scoped -> VersionTable.find(scoped, ref));
        } catch (LedgerException e) {
            throw new IOException("the model " + ref + " cannot be looked up", e);
        }
    }

    @Override
    public byte[] artefact(String digest) throws IOException {
        return artefacts.get(digest);
    }
}
