package dev.sallyport.policy;

import java.time.Duration;
import java.time.Instant;

/**
 * A window that ends now, whenever that is. It is counted in buckets of a sixtieth of its length, aligned to the epoch: the
 * one of now and the sixty before it, so that the oldest is counted whole and no interval of the window's length ever holds
 * more than was allowed.
 *
 * @param window its length: whole minutes, from one minute to 366 days
 */
public record SlidingWindow(Duration window) implements BudgetWindow {
    /** How many buckets a window has beside the one of now. */
    public static final int BUCKETS = 60;

    static final Duration SHORTEST = Duration.ofSeconds(BUCKETS);
    static final Duration LONGEST = Duration.ofDays(366);

    /** @throws IllegalArgumentException if the length is not one */
    public SlidingWindow {
        if (!isLength(window)) {
            throw new IllegalArgumentException("not the length of a sliding window: " + window);
        }
    }

    /** Whether a duration can be a window's length, so that a bucket is a whole number of seconds. */
    static boolean isLength(Duration length) {
        return length.compareTo(SHORTEST) >= 0
                && length.compareTo(LONGEST) <= 0
                && length.equals(Duration.ofMinutes(length.toMinutes()));
    }

    @Override
    public String length() {
        return window.equals(Duration.ofDays(window.toDays())) ? "P" + window.toDays() + "D" : window.toString();
    }

    @Override
    public String text() {
        return "window=" + length() + " kind=sliding";
    }

    @Override
    public Instant start(Instant now) {
        long second = now.getEpochSecond();
        return Instant.ofEpochSecond(second - Math.floorMod(second, bucket()));
    }

    @Override
    public Instant end(Instant now) {
        return start(now).plusSeconds(bucket());
    }

    @Override
    public Instant countsFrom(Instant now) {
        return start(now).minus(window);
    }

    @Override
    public Instant countsUntil(Instant charged) {
        return end(charged).plus(window);
    }

    private long bucket() {
        return window.toSeconds() / BUCKETS;
    }
}
