package dev.sallyport.policy;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What conditions on outputs see: the outputs as they will leave, already shaped.
 *
 * @param rows how many rows were answered
 * @param labels each row's label; empty when the model is no classifier
 * @param confidences {@code double[rows]}, each row's highest shown score; NaN where none is shown, which is everywhere
 *     at the label tier
 * @param tier the disclosure tier, such as {@code topk:3}
 * @param now the time of the decision
 */
@SuppressWarnings(
        "ArrayRecordComponent") // Read once, where it is made; a copy of every answer's scores would be waste.
public record ReleaseFacts(
        int rows, List<? extends @Nullable String> labels, double[] confidences, String tier, Instant now) {}
