package dev.sallyport.ledger.tree;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * Where checkpoints go.
 *
 * @param file where they are appended, best on another volume or machine than the database; its folder is made if absent
 * @param every the least time between two of them, positive
 * @param remote a witness that is asked over HTTP, too; empty for none
 */
public record WitnessSettings(Path file, Duration every, Optional<Remote> remote) {
    /**
     * A witness that speaks <a href="https://c2sp.org/tlog-witness">C2SP tlog-witness</a>.
     *
     * @param prefix its submission prefix
     * @param key the key with which it cosigns
     */
    public record Remote(URI prefix, CosignatureKey key) {}

    /** @throws IllegalArgumentException if the time is not positive */
    public WitnessSettings {
        if (!every.isPositive()) {
            throw new IllegalArgumentException("the time between two checkpoints for a witness is positive");
        }
    }
}
