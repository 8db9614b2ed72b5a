package dev.sallyport.torture;

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
 */
record Moment(String way, List<Long> pids, @Nullable Connection fence) {
    /** Lets the flushes through the fence again. */
    void openFence() {
        if (fence != null) {
            try {
                fence.close();
            } catch (SQLException e) {
                // The hit has taken its server away, and the lock with it.
            }
        }
    }
}
