package dev.sallyport.api.demo;

import java.util.List;

/**
 * What a caller needs to use the demo. It holds secrets: they are for the demo's own output and files.
 *
 * @param tenants both tenants with their callers' keys, ordered by id
 * @param trial a caller's key that may call one model, with a budget of three rows a minute
 * @param admin a platform administrator's key
 * @param auditor a key that reads every tenant's records
 * @param changed policies that are not the demo's any more, in words: what the demo says of its calls may not hold
 */
public record DemoAccess(List<Caller> tenants, String trial, String admin, String auditor, List<String> changed) {
    /** Copies the lists. */
    public DemoAccess {
        tenants = List.copyOf(tenants);
        changed = List.copyOf(changed);
    }

    /**
     * A tenant's ordinary access.
     *
     * @param tenant the tenant's id
     * @param key its caller's key
     * @param purpose the key's default purpose
     * @param models the names under which it calls models, sorted
     */
    public record Caller(String tenant, String key, String purpose, List<String> models) {
        /** Copies the models. */
        public Caller {
            models = List.copyOf(models);
        }

        /** Leaves the key out. */
        @Override
        public String toString() {
            return "Caller[tenant=" + tenant + "]";
        }
    }

    /** Leaves the keys out. */
    @Override
    public String toString() {
        return "DemoAccess" + tenants;
    }
}
