package dev.sallyport.policy;

import dev.sallyport.policy.detection.PersonalDataType;

/**
 * That personal data was found in a field; never the data.
 *
 * @param type what was found
 * @param field where
 * @param action what was done about it
 * @param count how often, at least 1
 */
public record Detection(PersonalDataType type, String field, Action action, int count) {
    /** What a policy does about personal data; a later constant is stricter than an earlier one. */
    public enum Action {
        /** The data is replaced by a marker such as {@code [EMAIL]}. */
        REDACT,
        /** The call is denied. */
        REJECT
    }
}
