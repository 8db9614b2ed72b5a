package dev.sallyport.api.audit;

import dev.sallyport.api.web.OperationAnswer;
import dev.sallyport.api.web.OperationRoutes;
import dev.sallyport.ledger.ReceiptKeyReader;
import dev.sallyport.ledger.tree.TransparencyLog;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * {@code /.well-known/sallyport/log-keys}: the log's keys and the certificates of receipt keys. Everybody may ask as
 * often as they like, so that the database is asked at most once a second.
 */
public final class LogKeyRoutes {
    private static final long KEPT_NANOS = Duration.ofSeconds(1).toNanos();

    private final TransparencyLog log;
    private final ReceiptKeyReader receiptKeys;
    private final LongSupplier ticks;
    private @Nullable Told last;

    /** What was told, and when it was read. */
    private record Told(Buffer document, long at) {}

    /**
     * Makes the answer.
     *
     * @param log the log
     * @param receiptKeys reads certificates
     * @param ticks nanoseconds on a clock that is never set
     */
    public LogKeyRoutes(TransparencyLog log, ReceiptKeyReader receiptKeys, LongSupplier ticks) {
        this.log = log;
        this.receiptKeys = receiptKeys;
        this.ticks = ticks;
    }

    /**
     * Says what the operation answers.
     *
     * @param routes of the interface
     */
    public void register(OperationRoutes routes) {
        routes.publish("getLogKeys", () -> OperationAnswer.of("application/json", document()));
    }

    private synchronized Buffer document() {
        Told told = last;
        if (told == null || ticks.getAsLong() - told.at > KEPT_NANOS) {
            // before the reading, so that nothing is told for longer than it is kept
            long at = ticks.getAsLong();
            told = new Told(Buffer.buffer(LogDocuments.keys(log.keys(), receiptKeys.certificates())), at);
            last = told;
        }
        return told.document;
    }
}
