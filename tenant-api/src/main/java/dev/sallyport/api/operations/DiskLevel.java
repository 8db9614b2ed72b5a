package dev.sallyport.api.operations;

/** How full a volume is, as far as somebody should do something. */
public enum DiskLevel {
    /** There is room. */
    FINE(0),
    /** From 80 % on: time to plan. */
    FILLING(80),
    /** From 90 % on: time to act; when it is full, nothing is recorded and calls are answered 503. */
    ALMOST_FULL(90);

    /** How many hundredths a volume must fall below a level's bound to leave it, so that nothing flutters at one. */
    private static final int SLACK = 2;

    private final int from;

    DiskLevel(int from) {
        this.from = from;
    }

    /** Returns the hundredths from which on a volume is at this level. */
    public int from() {
        return from;
    }

    /**
     * Returns the level of a volume that was at this one.
     *
     * @param percent how full it is now
     */
    DiskLevel next(int percent) {
        DiskLevel next = FINE;
        for (DiskLevel level : values()) {
            int bound = level.compareTo(this) <= 0 ? level.from - SLACK : level.from;
            if (percent >= bound) {
                next = level;
            }
        }
        return next;
    }
}
