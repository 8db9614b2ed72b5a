package dev.sallyport.ledger.budget;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What became of one round trip. */
sealed interface TakeOutcome {
    /**
     * It was done.
     *
     * @param granted the rows of each that was wanted, at least those; null where its call was refused
     * @param windows how each window stands now
     */
    record Taken(List<@Nullable Long> granted, List<WindowState> windows) implements TakeOutcome {}

    /** The generation is not the node's any more; nothing was done. */
    record Lost() implements TakeOutcome {}

    /**
     * Nothing was done.
     *
     * @param reason the SQLSTATE
     */
    record NotDone(String reason) implements TakeOutcome {}

    /**
     * It was done, or it was not.
     *
     * @param reason the SQLSTATE
     */
    record Unknown(String reason) implements TakeOutcome {}

    /**
     * How a window stands.
     *
     * @param spoken what all nodes together have used or hold
     * @param oldest the first piece of time that holds any of it; null when none does
     * @param late whether the window is not of now
     */
    record WindowState(long spoken, @Nullable Instant oldest, boolean late) {}
}
