package dev.sallyport.api.operations;

import dev.sallyport.inference.ModelRef;
import dev.sallyport.policy.TenantId;
import org.jspecify.annotations.Nullable;

/**
 * What became of a request, as metrics and the log may tell it. Nothing here is what a caller wrote, but for the two ids,
 * whose characters are checked.
 *
 * @param call what was asked, by a word of ours: {@code infer}, {@code metadata}
 * @param status HTTP status
 * @param code stable code of a refusal; null for an answer
 * @param nanos from the request's first byte to the answer's last
 * @param tenant whose credential it was; null when nobody's
 * @param key id of the key; null when none was recognised
 * @param model version that was called; null when none was found
 * @param rows rows of the request; 0 when it has none or they are not known
 * @param record id of the record; null when there is none
 * @param request id of the request
 * @param trace id of the trace, 32 hex digits; null when there is none
 */
public record CallEnd(
        String call,
        int status,
        @Nullable String code,
        long nanos,
        @Nullable TenantId tenant,
        @Nullable String key,
        @Nullable ModelRef model,
        int rows,
        @Nullable String record,
        String request,
        @Nullable String trace) {}
