package dev.sallyport.format;

import dev.sallyport.format.JsonValue.JObject;
import org.jspecify.annotations.Nullable;

/**
 * What an act changed or an observation saw; the record's {@code action} names it.
 *
 * @param object the thing acted on, {@code tenants/acme-clinic/keys/01J…}
 * @param before the state before, usually a digest; null when there was none or it is of no account
 * @param after the state after, usually a digest; null likewise
 * @param details what else an auditor needs, of the kind that the action's row in docs/record-format.md lists;
 *     never a secret or a personal datum; empty when there is nothing
 */
public record Act(
        String object, @Nullable String before, @Nullable String after, JObject details) {
    /** Returns an act on an object, with nothing more to say. */
    public static Act on(String object) {
        return new Act(object, null, null, JObject.EMPTY);
    }
}
