package dev.sallyport.api.demo;

import dev.sallyport.api.admin.PolicyPlace;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

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

    private static String read(String file) throws IOException {
        try (InputStream in = DemoPolicies.class.getResourceAsStream(FOLDER + file)) {
            if (in == null) {
                throw new FileNotFoundException(FOLDER + file);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
