package dev.sallyport.policy;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A tenant's own documents, and the packs it chose.
 *
 * @param packs the ids of its packs
 * @param tenant the document for all its models; null while there is none
 * @param models the documents for single models, by the name under which the tenant knows the model
 */
public record TenantLayers(List<String> packs, @Nullable PolicyDocument tenant, Map<ModelName, PolicyDocument> models) {
    /** A tenant without packs and documents: every call is a gap. */
    public static final TenantLayers EMPTY = new TenantLayers(List.of(), null, Map.of());

    /** Keeps its own copies. */
    public TenantLayers {
        packs = List.copyOf(packs);
        models = Map.copyOf(models);
    }
}
