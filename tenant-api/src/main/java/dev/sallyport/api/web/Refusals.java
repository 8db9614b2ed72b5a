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
     * @param network the network that the caller's address lies in
     * @param operation what was called
     * @param code why
     */
    void refused(@Nullable Caller caller, String network, String operation, String code);
}
