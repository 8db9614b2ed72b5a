package dev.sallyport.policy;

import java.time.Instant;

/**
 * In what time a budget's rows are counted. What is charged is filed under the beginning of a piece of time: a calendar
 * window is one piece, a sliding window is sixty of them and the one that is going on. Pieces of one window follow each
 * other without gap or overlap.
 */
public sealed interface BudgetWindow permits CalendarWindow, SlidingWindow {
    /**
     * The window's length.
     *
     * @return in ISO 8601, such as {@code PT1M}, {@code P1D} or {@code P1M}
     */
    String length();

    /**
     * The window as a stable text.
     *
     * @return such as {@code window=P1D kind=calendar zone=UTC} or {@code window=P30D kind=sliding}
     */
    String text();

    /**
     * When the piece of time that holds an instant began.
     *
     * @param now the instant
     * @return at or before {@code now}
     */
    Instant start(Instant now);

    /**
     * When the piece of time that holds an instant ends.
     *
     * @param now the instant
     * @return after {@code now}
     */
    Instant end(Instant now);

    /**
     * The first piece of time whose rows count together with those of an instant.
     *
     * @param now the instant
     * @return its beginning, at or before {@link #start}
     */
    Instant countsFrom(Instant now);

    /**
     * When rows that were charged at an instant do not count any more.
     *
     * @param charged the instant
     * @return at or after {@link #end}
     */
    Instant countsUntil(Instant charged);
}
