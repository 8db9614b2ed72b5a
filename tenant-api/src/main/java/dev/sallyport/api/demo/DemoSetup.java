package dev.sallyport.api.demo;

import dev.sallyport.api.admin.PolicyPlace;
import dev.sallyport.api.admin.PolicyPublisher;
import dev.sallyport.api.admin.Publication;
import dev.sallyport.api.admin.TenantCreation;
import dev.sallyport.api.admin.Tenants;
import dev.sallyport.api.identity.Actor;
import dev.sallyport.api.identity.Keys;
import dev.sallyport.api.models.GrantResult;
import dev.sallyport.api.models.ModelRegistry;
import dev.sallyport.api.models.Registration;
import dev.sallyport.inference.ModelRef;
import dev.sallyport.inference.ModelStore;
import dev.sallyport.policy.PolicyProblem;
import dev.sallyport.policy.TenantId;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.function.Consumer;

/**
 * Sets the demo up: what was never there is made, and what was stays as people left it. So a start that was cut short is
 * completed by the next, and a policy that somebody replaced or withdrew is not published over. Everything is done through the services that
 * administrators use, in the name of the system's component {@code demo}, and recorded like any other act.
 */
public final class DemoSetup {
    private static final Actor DEMO = Actor.system("demo");

    private final Services services;
    private final Path dataDirectory;
    private final Consumer<String> progress;

    /**
     * What the set-up works through.
     *
     * @param tenants creates the tenants
     * @param keys issues their keys
     * @param policies publishes their policies
     * @param models registers and grants the models
     * @param store tells which models are registered
     */
    public record Services(
            Tenants tenants, Keys keys, PolicyPublisher policies, ModelRegistry models, ModelStore store) {}

    /**
     * Prepares the set-up; nothing happens yet.
     *
     * @param services what it works through
     * @param dataDirectory where {@code demo-keys.json} lies; exists
     * @param progress told, in a line each, what is being made; nothing when nothing is
     */
    public DemoSetup(Services services, Path dataDirectory, Consumer<String> progress) {
        this.services = services;
        this.dataDirectory = dataDirectory;
        this.progress = progress;
    }

    /**
     * Makes what is not there. Blocks: call it on a thread of its own, with the schema migrated.
     *
     * @return what callers need
     * @throws IOException if a model, a policy or the key file cannot be read or written
     * @throws IllegalStateException if a service refuses, which says why: what is there is not the demo's
     */
    public DemoAccess run() throws IOException {
        for (DemoTenant tenant : DemoTenant.all()) {
            create(tenant);
        }
        for (DemoModel model : DemoModels.all()) {
            register(model);
        }
        for (DemoTenant tenant : DemoTenant.all()) {
            Map<PolicyPlace, String> documents = DemoPolicies.of(tenant);
            publish(new PolicyPlace.OfTenant(tenant.id()), documents);
            for (DemoTenant.Grant grant : tenant.grants()) {
                PolicyPlace place = new PolicyPlace.OfModel(tenant.id(), grant.alias());
                // A grant whose policy was published was complete: what is gone of it, somebody took away.
                if (!services.policies().wasPublished(place)) {
                    grant(tenant.id(), grant);
                    publish(place, documents);
                }
            }
        }
        Map<String, String> keys = new DemoKeys(services.keys(), new DemoKeyFile(dataDirectory), DEMO).ensure();
        return access(keys, DemoPolicies.changed(services.policies()));
    }

    private void create(DemoTenant tenant) {
        if (services.tenants().find(tenant.id()).isPresent()) {
            return;
        }
        progress.accept("creating tenant " + tenant.id() + " under the pack " + String.join(", ", tenant.packs()));
        switch (services.tenants().create(tenant.id(), tenant.name(), tenant.packs(), DEMO)) {
            case TenantCreation.Created created -> {}
            case TenantCreation.Taken(String id) ->
                throw new IllegalStateException("tenant " + id
                        + " was deleted, and ids are never given twice: start the demo with another --data directory");
            case TenantCreation.Contended contended ->
                throw new IllegalStateException("tenant " + tenant.id() + ": policies changed again and again");
            case TenantCreation.Invalid(String field, String sentence) ->
                throw new IllegalStateException("tenant " + tenant.id() + ": " + field + ": " + sentence);
        }
    }

    private void register(DemoModel model) throws IOException {
        ModelRef ref = new ModelRef(TenantId.PLATFORM, model.name(), model.version());
        if (services.store().find(ref).isPresent()) {
            return;
        }
        progress.accept("training " + model.name());
        byte[] artefact = model.train();
        switch (services.models().register(model.manifest(artefact), artefact, DEMO)) {
            case Registration.Registered registered -> {}
            case Registration.Conflict(String sentence) ->
                throw new IllegalStateException("model " + model.name() + ": " + sentence);
            case Registration.Invalid(String sentence) ->
                throw new IllegalStateException("model " + model.name() + ": " + sentence);
        }
    }

    private void grant(TenantId tenant, DemoTenant.Grant grant) {
        switch (services.models().grant(TenantId.PLATFORM, grant.model().name(), tenant, grant.alias(), DEMO)) {
            case GrantResult.Granted granted -> {}
            case GrantResult.Taken(String sentence) -> throw refused(tenant, grant, sentence);
            case GrantResult.Unknown(String sentence) -> throw refused(tenant, grant, sentence);
        }
    }

    private static IllegalStateException refused(TenantId tenant, DemoTenant.Grant grant, String sentence) {
        return new IllegalStateException("granting " + grant.alias() + " to " + tenant + ": " + sentence);
    }

    private void publish(PolicyPlace place, Map<PolicyPlace, String> documents) {
        if (services.policies().wasPublished(place)) {
            return;
        }
        String source = Objects.requireNonNull(documents.get(place), "every place has a document");
        switch (services.policies().publish(place, source, OptionalInt.empty(), false, DEMO)) {
            case Publication.Published published -> {}
            case Publication.Rejected(List<PolicyProblem> problems) ->
                throw new IllegalStateException("policy of " + place + ": " + problems.getFirst());
            case Publication.Stale(OptionalInt current) ->
                throw new IllegalStateException("policy of " + place + " was published meanwhile");
            case Publication.Contended contended ->
                throw new IllegalStateException("policy of " + place + ": the state changed again and again");
            case Publication.Unknown(String sentence) ->
                throw new IllegalStateException("policy of " + place + ": " + sentence);
        }
    }

    private static DemoAccess access(Map<String, String> secrets, List<String> changed) {
        List<DemoAccess.Caller> callers = DemoTenant.all().stream()
                .map(tenant -> new DemoAccess.Caller(
                        tenant.id().value(),
                        secret(secrets, DemoKey.caller(tenant)),
                        tenant.purpose(),
                        tenant.grants().stream()
                                .map(grant -> grant.alias().value())
                                .toList()))
                .toList();
        return new DemoAccess(
                callers,
                secret(secrets, DemoKey.TRIAL),
                secret(secrets, DemoKey.ADMIN),
                secret(secrets, DemoKey.AUDITOR),
                changed);
    }

    private static String secret(Map<String, String> secrets, DemoKey key) {
        return Objects.requireNonNull(secrets.get(key.label()), key.label());
    }
}
