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

    static final long SMALL = 120;
    static final long LEASED = 1_000;
    static final long DAY = 1_000_000;

    private Policies() {}

    /**
     * The budgeted tenant's layer for the model.
     *
     * @param revision changes the digest, at least 0
     */
    static String budgeted(int revision) {
        return """
                apiVersion: sallyport/v1
                kind: InferencePolicy
                metadata: {name: euro-credit/simple, layer: model, owner: dpo@euro-credit.example}
                spec:
                  purposes:
                    - {id: credit-decision, lawfulBasis: contract}
                  input:
                    unknownFields: reject
                    allowed: [INPUT0, INPUT1]
                    maxBytes: %d
                  budgets:
                    - {id: small, scope: [key], limit: %d, window: PT1M, kind: calendar}
                    - {id: leased, scope: [tenant, model], limit: %d, window: PT1M, kind: calendar}
                """.formatted(65_536 + revision, SMALL, LEASED);
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
            return identity.contains(" key=") ? SMALL : LEASED;
        }
        throw new IllegalArgumentException("no policy has the budget " + identity);
    }
}
