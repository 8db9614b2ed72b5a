package dev.sallyport.api.gateway;

import dev.sallyport.api.identity.StateEpochs;
import dev.sallyport.policy.Combination;

/** The policy that applies to a tenant's model, with the state under which it was read. */
public sealed interface PolicyLookup {
    /**
     * There is one.
     *
     * @param policy the meet of all layers, or why they contradict each other
     * @param epochs the state under which this was read
     */
    record Found(Combination policy, StateEpochs epochs) implements PolicyLookup {}

    /** Nobody can be asked: 503. */
    record Unavailable() implements PolicyLookup {}
}
