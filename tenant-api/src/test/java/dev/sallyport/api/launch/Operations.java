package dev.sallyport.api.launch;

import static dev.sallyport.api.identity.Role.AUDITOR;
import static dev.sallyport.api.identity.Role.CALLER;
import static dev.sallyport.api.identity.Role.PLATFORM_ADMIN;
import static dev.sallyport.api.identity.Role.TENANT_ADMIN;

import dev.sallyport.api.identity.Role;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Who may call which operation of the OpenAPI document: whoever is not named is denied. */
final class Operations {
    private static final Set<Role> PLATFORM = Set.of(PLATFORM_ADMIN);
    private static final Set<Role> ADMINS = Set.of(PLATFORM_ADMIN, TENANT_ADMIN);
    private static final Set<Role> READERS = Set.of(PLATFORM_ADMIN, TENANT_ADMIN, AUDITOR);
    private static final Set<Role> AUDITORS = Set.of(AUDITOR);
    private static final Set<Role> ALL = Set.of(CALLER, TENANT_ADMIN, PLATFORM_ADMIN, AUDITOR);

    private static final String TENANT = "/admin/v1/tenants/{tenant}";
    private static final String MODEL_POLICY = TENANT + "/models/{model}/policy";
    private static final String REPORT = "/audit/v1/reports/{report}";
    private static final String ORDER = "{\"frameworks\":[\"gdpr\"],\"from\":\"2026-01-01\",\"to\":\"2026-01-02\"}";

    static final List<Operation> ALL_OF_THEM = List.of(
            new Operation("GET", "/admin/v1/tenants", "", PLATFORM),
            new Operation("POST", "/admin/v1/tenants", "{\"id\":\"platform\",\"name\":\"x\"}", PLATFORM),
            new Operation("GET", TENANT, "", ADMINS),
            new Operation("DELETE", TENANT, "", PLATFORM),
            new Operation("POST", TENANT + "/suspend", "", PLATFORM),
            new Operation("POST", TENANT + "/resume", "", PLATFORM),
            new Operation("GET", TENANT + "/keys", "", ADMINS),
            new Operation("POST", TENANT + "/keys", "{\"name\":\"x\",\"role\":\"auditor\"}", ADMINS),
            new Operation("DELETE", TENANT + "/keys/{key}", "", ADMINS),
            new Operation("POST", TENANT + "/keys/{key}/rotate", "", ADMINS),
            new Operation("GET", TENANT + "/policy", "", READERS),
            new Operation("PUT", TENANT + "/policy", "{}", ADMINS),
            new Operation("DELETE", TENANT + "/policy", "", ADMINS),
            new Operation("GET", MODEL_POLICY, "", READERS),
            new Operation("PUT", MODEL_POLICY, "{}", ADMINS),
            new Operation("DELETE", MODEL_POLICY, "", ADMINS),
            new Operation("GET", "/admin/v1/platform/policy", "", READERS),
            new Operation("PUT", "/admin/v1/platform/policy", "{}", PLATFORM),
            new Operation("GET", "/admin/v1/packs/{pack}", "", READERS),
            new Operation("GET", "/admin/v1/policy.schema.json", "", ALL),
            new Operation("GET", "/me/v1", "", ALL),
            new Operation("GET", "/audit/v1/log", "", AUDITORS),
            new Operation("GET", "/audit/v1/records", "", AUDITORS),
            new Operation("GET", "/audit/v1/records/{record}", "", AUDITORS),
            new Operation("GET", "/audit/v1/records/{record}/proof", "", AUDITORS),
            new Operation("GET", "/audit/v1/checkpoints/latest", "", AUDITORS),
            new Operation("GET", "/audit/v1/checkpoints/consistency", "", AUDITORS),
            new Operation("POST", "/audit/v1/reports", ORDER, AUDITORS),
            new Operation("GET", REPORT, "", AUDITORS),
            new Operation("GET", REPORT + "/report.json", "", AUDITORS),
            new Operation("GET", REPORT + "/report.html", "", AUDITORS));

    /** Those that everybody may call, with whatever credential or none. */
    static final Set<String> OPEN = Set.of("GET /.well-known/sallyport/log-keys");

    /** Values for a path's parameters that name nothing. */
    static final Map<String, String> NOTHING = Map.of(
            "tenant", "no-such-tenant",
            "key", "key-0000000000000000",
            "model", "no-such-model",
            "pack", "no-such-pack",
            "record", "01JDDDDDDDDDDDDDDDDDDDDDDD",
            "report", "01JDDDDDDDDDDDDDDDDDDDDDDD");

    private Operations() {}

    /**
     * An operation.
     *
     * @param template its path in the document
     * @param body an example; empty for none
     * @param roles who may call it
     */
    record Operation(String method, String template, String body, Set<Role> roles) {
        /** The path with these values, and with what names nothing where there are none. */
        String path(Map<String, String> values) {
            String path = template;
            for (Map.Entry<String, String> nothing : NOTHING.entrySet()) {
                String value = values.getOrDefault(nothing.getKey(), nothing.getValue());
                path = path.replace("{" + nothing.getKey() + "}", value);
            }
            return path;
        }

        boolean names(String parameter) {
            return template.contains("{" + parameter + "}");
        }

        @Override
        public String toString() {
            return method + " " + template;
        }
    }
}
