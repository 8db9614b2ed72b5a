package dev.sallyport.torture;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A moment that has come, and what holds it open.
 *
 * @param way how it was found, in a word or two
 * @param pids the processes to hit
 * @param fence a connection that holds the fence and is closed once the hit was felt; null for none
 * @param paused processes that go on once the hit was felt
 */
record Moment(String way, List<Long> pids, @Nullable Connection fence, List<Long> paused) {
    /** Lets everything go on that was held up to make the moment. */
    void letGo(Signals signals) {
        try {
            if (fence != null) {
                fence.close();
            }
        } catch (SQLException e) {
            // The hit has taken its server away, and the lock with it.
        }
        try {
            signals.send("CONT", paused);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
