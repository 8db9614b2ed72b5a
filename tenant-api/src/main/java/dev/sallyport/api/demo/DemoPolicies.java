package dev.sallyport.api.demo;

import dev.sallyport.api.admin.PolicyPlace;
import dev.sallyport.api.admin.PolicyPublisher;
import dev.sallyport.api.admin.PublishedPolicy;
import dev.sallyport.policy.ModelName;
import dev.sallyport.policy.TenantId;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The demo's policy documents: one a tenant, and one for each of its models, as resources. */
final class DemoPolicies {
    private static final String FOLDER = "/demo/policies/";

    private DemoPolicies() {}

    /**
     * The documents of a tenant.
     *
     * @param tenant one of the demo's
     * @return each document's source where it belongs, the tenant's own first
     * @throws IOException if one is absent
     */
    static Map<PolicyPlace, String> of(DemoTenant tenant) throws IOException {
        String name = tenant.id().value();
        Map<PolicyPlace, String> documents = new LinkedHashMap<>();
        documents.put(new PolicyPlace.OfTenant(tenant.id()), read(name + ".yaml"));
        for (DemoTenant.Grant grant : tenant.grants()) {
            String model = grant.alias().value();
            documents.put(new PolicyPlace.OfModel(tenant.id(), grant.alias()), read(name + "/" + model + ".yaml"));
        }
        return documents;
    }

    /**
     * Tells which policies in force are not the demo's.
     *
     * @param policies what is in force
     * @return in words, such as {@code acme-clinic/digits (withdrawn)}; empty while all are the demo's
     * @throws IOException if one of the demo's is absent
     */
    static List<String> changed(PolicyPublisher policies) throws IOException {
        List<String> changed = new ArrayList<>();
        if (policies.current(new PolicyPlace.OfPlatform()).isPresent()) {
            changed.add("the platform's (replaced)");
        }
        for (DemoTenant tenant : DemoTenant.all()) {
            of(tenant).forEach((place, source) -> {
                Optional<PublishedPolicy> current = policies.current(place);
                if (current.isEmpty()) {
                    changed.add(name(place) + " (withdrawn)");
                } else if (!current.get().source().equals(source)) {
                    changed.add(name(place) + " (replaced)");
                }
            });
        }
        return changed;
    }

    private static String name(PolicyPlace place) {
        return place instanceof PolicyPlace.OfModel(TenantId tenant, ModelName model)
                ? tenant + "/" + model.value()
                : place.owner().value();
    }

    private static String read(String file) throws IOException {
        try (InputStream in = DemoPolicies.class.getResourceAsStream(FOLDER + file)) {
            if (in == null) {
                throw new FileNotFoundException(FOLDER + file);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
