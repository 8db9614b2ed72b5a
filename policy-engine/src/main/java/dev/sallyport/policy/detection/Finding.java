package dev.sallyport.policy.detection;

/**
 * Where a personal datum stands in a text. It holds no part of the text.
 *
 * @param type what was found
 * @param start the offset of its first UTF-16 unit in the text that was searched, from 0, inclusive
 * @param end the offset after its last UTF-16 unit, exclusive, greater than {@code start}
 * @param confidence how sure the detector is, above 0 and at most 1; fixed for each form and context, not a
 *     measured probability
 */
public record Finding(PersonalDataType type, int start, int end, double confidence) {
    /** @throws IllegalArgumentException if the range is empty or negative, or the confidence outside (0, 1] */
    public Finding {
        if (start < 0 || end <= start) {
            throw new IllegalArgumentException("a finding covers at least one unit");
        }
        if (!(confidence > 0 && confidence <= 1)) {
            throw new IllegalArgumentException("a confidence is above 0 and at most 1");
        }
    }
}
