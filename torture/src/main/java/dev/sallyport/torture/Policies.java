package dev.sallyport.torture;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The policies under which the load runs, and the limits that follow from them. A publication changes a document's
 * digest and nothing that binds, so that the limits hold for the whole run.
 */
final class Policies {
    /** Calls under budgets that are spent again and again. */
    static final String BUDGETED = "euro-credit";

    /** Calls under a budget that is never spent. */
    static final String PLAIN = "acme-clinic";

    /** Under budgets that are reserved call by call: of a key, and of a person. Also the plain tenant's model. */
    static final String SMALL_MODEL = "simple";

    /** Under budgets that nodes take in blocks: of a calendar minute, and of any two minutes. */
    static final String LARGE_MODEL = "digits";

    /** The rows of a call to the large model. */
    static final int LARGE_ROWS = 4;

    /** The window of the sliding budget. */
    static final Duration SLIDING = Duration.ofMinutes(2);

    private static final long DAY = 1_000_000;
    private static final long OF_A_KEY = 60;
    private static final long OF_A_PERSON = 20;
    private static final long OF_A_MINUTE = 1_000;
    private static final long OF_TWO_MINUTES = 1_600;

    private static final String SMALL_BUDGETS = """
        [{id: of-a-key, scope: [key, model], limit: %d, window: PT1M, kind: calendar},
                     {id: of-a-person, scope: [model, subject], limit: %d, window: PT1M, kind: calendar}]\
        """.formatted(OF_A_KEY, OF_A_PERSON);
    private static final String LARGE_BUDGETS = """
        [{id: of-a-minute, scope: [tenant, model], limit: %d, window: PT1M, kind: calendar},
                     {id: of-two-minutes, scope: [tenant, model], limit: %d, window: PT2M, kind: sliding}]\
        """.formatted(OF_A_MINUTE, OF_TWO_MINUTES);

    private Policies() {}

    /** The models of the budgeted tenant. */
    static List<String> models() {
        return List.of(SMALL_MODEL, LARGE_MODEL);
    }

    /**
     * The budgeted tenant's layer for a model.
     *
     * @param revision changes the digest, at least 0
     */
    static String budgeted(String model, int revision) {
        boolean small = model.equals(SMALL_MODEL);
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
              budgets: %s
            """.formatted(
                model, small ? "INPUT0, INPUT1" : "image", 65_536 + revision, small ? SMALL_BUDGETS : LARGE_BUDGETS);
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
        if (identity.startsWith("tenant=" + BUDGETED + " ")) {
            if (identity.contains(" model=" + LARGE_MODEL + " ")) {
                return isSliding(identity) ? OF_TWO_MINUTES : OF_A_MINUTE;
            }
            return isOfAPerson(identity) ? OF_A_PERSON : OF_A_KEY;
        }
        throw new IllegalArgumentException("no policy has the budget " + identity);
    }

    static boolean isSliding(String identity) {
        return identity.endsWith(" kind=sliding");
    }

    static boolean isOfAPerson(String identity) {
        return identity.contains(" subject=");
    }

    /**
     * A request to a model.
     *
     * @param subject whom it is about, for calls under the budget of a person; null for none
     */
    static String request(String model, @Nullable String subject) {
        String parameters = subject == null ? "" : "\"parameters\":{\"subject\":\"" + subject + "\"},";
        String inputs = model.equals(SMALL_MODEL)
                ? tensor("INPUT0", "INT32", 1, 16) + "," + tensor("INPUT1", "INT32", 1, 16)
                : tensor("image", "FP32", LARGE_ROWS, 64);
        return "{" + parameters + "\"inputs\":[" + inputs + "]}";
    }

    private static String tensor(String name, String type, int rows, int values) {
        return "{\"name\":\"" + name + "\",\"shape\":[" + rows + "," + values + "],\"datatype\":\"" + type
                + "\",\"data\":[1" + ",1".repeat(rows * values - 1) + "]}";
    }
}
