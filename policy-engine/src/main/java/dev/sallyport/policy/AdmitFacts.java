package dev.sallyport.policy;

import dev.sallyport.policy.condition.ConditionFacts;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a call before its content is looked at.
 *
 * @param tenant whose call it is
 * @param principal the key's id
 * @param role the key's role
 * @param groups the tenant's own groups that the key is in
 * @param model the model version asked
 * @param action what is asked of it; {@code predict}
 * @param purpose the purpose that the call declares, or the key's default; null when neither names one
 * @param rows how many rows it asks, at least 1
 * @param subjects whether it names the person of each row
 * @param bytes the size of its body, in bytes, after decompression
 * @param region where it is processed; null when unknown
 * @param now the time of the decision
 */
public record AdmitFacts(
        TenantId tenant,
        String principal,
        String role,
        List<String> groups,
        ModelFacts model,
        String action,
        @Nullable String purpose,
        int rows,
        boolean subjects,
        long bytes,
        @Nullable String region,
        Instant now) {
    /** The one action that is served: asking for a prediction. */
    public static final String PREDICT = "predict";

    /** Keeps its own copy of the groups. */
    public AdmitFacts {
        groups = List.copyOf(groups);
    }

    /** The call as conditions see it. */
    ConditionFacts.Request request() {
        return new ConditionFacts.Request(
                tenant.value(), principal, role, groups, action, purpose, rows, bytes, region);
    }

    /** The model as conditions see it. */
    ConditionFacts.Model modelVariable() {
        return new ConditionFacts.Model(model.model().value(), model.version().value());
    }
}
