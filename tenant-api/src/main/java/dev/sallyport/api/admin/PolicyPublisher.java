package dev.sallyport.api.admin;

import dev.sallyport.api.identity.Actor;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Publishes and withdraws policy documents. A publication is final when the call returns. Every call blocks on the
 * database: call it on a virtual thread. Safe for many threads.
 */
@SuppressWarnings("DoNotCallSuggester")
public final class PolicyPublisher {

    /**
     * Publishes a document at a place and records the act in the same transaction.
     *
     * @param place where
     * @param source YAML or JSON
     * @param expected the version that must be in force, 0 for none; empty for any
     * @param dryRun whether nothing is to be stored
     * @param actor who asks
     * @return what became of it; publishing what is in force already changes nothing
     */
    public Publication publish(PolicyPlace place, String source, OptionalInt expected, boolean dryRun, Actor actor) {
        throw new UnsupportedOperationException("policies cannot be stored yet");
    }

    /**
     * Takes a tenant's or model's own layer away.
     *
     * @param place where; never the platform's layer
     * @param expected the version that must be in force; empty for any
     * @param actor who asks
     * @return what became of it: published with the version that was withdrawn, stale or unknown
     */
    public Publication withdraw(PolicyPlace place, OptionalInt expected, Actor actor) {
        throw new UnsupportedOperationException("policies cannot be stored yet");
    }

    /**
     * Reads the document in force.
     *
     * @param place where
     * @return empty if there is none
     */
    public Optional<PublishedPolicy> current(PolicyPlace place) {
        throw new UnsupportedOperationException("policies cannot be stored yet");
    }
}
