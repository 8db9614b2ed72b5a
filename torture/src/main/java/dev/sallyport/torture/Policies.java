package dev.sallyport.torture;

/**
 * The policies under which the load runs, and the limits that follow from them. A publication changes a document's
 * digest and nothing that binds, so that the limits hold for the whole run.
 */
final class Policies {
    /** Calls under budgets that are spent again and again. */
    static final String BUDGETED = "euro-credit";

    /** Calls under a budget that is never spent. */
    static final String PLAIN = "acme-clinic";

    /** The model whose budgets are reserved call by call. */
    static final String SMALL_MODEL = "digits";

    /** The model whose budgets nodes take in blocks; also that of the plain tenant. */
    static final String MODEL = "simple";

    private static final long SMALL = 40;
    private static final long LEASED = 1_000;
    private static final long DAY = 1_000_000;

    private Policies() {}

    /**
     * The budgeted tenant's layer for a model.
     *
     * @param revision changes the digest, at least 0
     */
    static String budgeted(String model, int revision) {
        return """
                apiVersion: sallyport/v1
                kind: InferencePolicy
                metadata: {name: euro-credit/%s, layer: model, owner: dpo@euro-credit.example}
                spec:
                  purposes:
                    - {id: credit-decision, lawfulBasis: contract}
                  input:
                    unknownFields: reject
                    allowed: [%s]
                    maxBytes: %d
                  budgets:
                    - %s
                """.formatted(
                model,
                model.equals(MODEL) ? "INPUT0, INPUT1" : "image",
                65_536 + revision,
                model.equals(MODEL)
                        ? "{id: leased, scope: [tenant, model], limit: " + LEASED + ", window: PT1M, kind: calendar}"
                        : "{id: small, scope: [key, model], limit: " + SMALL + ", window: PT1M, kind: calendar}");
    }

    /**
     * The limit of a budget.
     *
     * @param identity as charges name it
     * @return rows a window
     * @throws IllegalArgumentException if the policies have no such budget
     */
    static long limit(String identity) {
        if (identity.contains(" window=P1D ")) {
            return DAY;
        }
        if (identity.startsWith("tenant=" + BUDGETED + " ") && identity.contains(" window=PT1M ")) {
            return identity.contains(" model=" + MODEL + " ") ? LEASED : SMALL;
        }
        throw new IllegalArgumentException("no policy has the budget " + identity);
    }

    /** A request of one row to a model. */
    static String request(String model) {
        return model.equals(MODEL)
                ? inputs(tensor("INPUT0", "INT32", 16) + "," + tensor("INPUT1", "INT32", 16))
                : inputs(tensor("image", "FP32", 64));
    }

    private static String inputs(String tensors) {
        return "{\"inputs\":[" + tensors + "]}";
    }

    private static String tensor(String name, String type, int values) {
        return "{\"name\":\"" + name + "\",\"shape\":[1," + values + "],\"datatype\":\"" + type + "\",\"data\":[" + "1"
                + ",1".repeat(values - 1) + "]}";
    }
}
