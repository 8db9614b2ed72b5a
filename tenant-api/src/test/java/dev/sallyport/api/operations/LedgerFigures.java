package dev.sallyport.api.operations;

import dev.sallyport.ledger.Health;
import dev.sallyport.ledger.PoolState;
import dev.sallyport.ledger.tree.LogHealth;
import java.time.Duration;
import java.util.Optional;

/** A ledger's figures, for tests. */
final class LedgerFigures {
    private LedgerFigures() {}

    static void show(Metrics metrics) {
        metrics.ledger(
                () -> new Health(true, Duration.ofMillis(500), 11, 4, false, true, Duration.ZERO),
                role -> new PoolState(3, 1, 2, 8, 50, Duration.ofSeconds(2), 9));
        metrics.log(() -> new LogHealth(Optional.empty(), Duration.ofMillis(300), 12));
    }
}
