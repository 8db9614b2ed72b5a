package dev.sallyport.ledger.tree;

import java.util.Optional;

/**
 * What can be chosen of the log.
 *
 * @param origin the log's name, for ever; empty for the one that it has, or one that is made up when it begins
 * @param witness where checkpoints are kept or sent apart from the database; empty for nowhere
 */
public record LogSettings(Optional<String> origin, Optional<WitnessSettings> witness) {
    /** A made-up name and no witness. */
    public static final LogSettings PLAIN = new LogSettings(Optional.empty(), Optional.empty());
}
