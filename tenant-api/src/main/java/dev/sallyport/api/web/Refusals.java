package dev.sallyport.api.web;

import dev.sallyport.api.identity.Caller;
import org.jspecify.annotations.Nullable;

/** Takes note of calls that were refused for who made them, so that the ledger has them. Does not block or throw. */
@FunctionalInterface
public interface Refusals {
    /**
     * A call was refused.
     *
     * @param caller who made it; null where nobody is known
     * @param address the caller's network address
     * @param operation what was called
     * @param code why
     */
    void refused(@Nullable Caller caller, String address, String operation, String code);
}
