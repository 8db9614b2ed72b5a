package dev.sallyport.api.gateway;

import dev.sallyport.policy.ModelName;
import dev.sallyport.policy.ModelVersion;
import dev.sallyport.policy.TenantId;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The models that a tenant may call. Safe for many threads; completed at once when the answer is in the cache. */
public interface Catalogue {
    /**
     * Finds a model version.
     *
     * @param tenant who asks
     * @param alias the name under which the tenant knows the model
     * @param version the version asked for; null for the highest
     * @return empty when there is none or it is not granted; fails when nobody can be asked
     */
    Future<Optional<GrantedModel>> find(TenantId tenant, ModelName alias, @Nullable ModelVersion version);

    /**
     * Lists all models, each at its highest version.
     *
     * @param tenant who asks
     * @return ordered by alias; fails when nobody can be asked
     */
    Future<List<GrantedModel>> list(TenantId tenant);
}
