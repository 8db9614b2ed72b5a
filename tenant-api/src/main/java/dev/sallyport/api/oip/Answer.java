package dev.sallyport.api.oip;

import dev.sallyport.inference.Tensor;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * What an inference answers.
 *
 * @param model the name under which the caller asked
 * @param version which version answered
 * @param id the request's; null when it had none
 * @param record the record of this answer
 * @param policy digest of the policy that permitted it
 * @param disclosure how much is shown: {@code full}, {@code topk:3}, {@code label}
 * @param budgetRemaining the smallest of all budgets that apply, in rows; empty when none does
 * @param outputs with their declared names, datatypes and shapes
 */
public record Answer(
        String model,
        String version,
        @Nullable String id,
        String record,
        String policy,
        String disclosure,
        OptionalLong budgetRemaining,
        List<Tensor> outputs) {
    /** Copies the outputs. */
    public Answer {
        outputs = List.copyOf(outputs);
    }
}
