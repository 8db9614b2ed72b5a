package dev.sallyport.torture;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * What is to be done.
 *
 * @param length how long hits are made
 * @param seed decides what is aimed at, and when
 * @param nodes how many servers, 1 or 2
 * @param folder where data, logs, traces and the report go; exists
 * @param cells what may be aimed at
 */
record Plan(Duration length, long seed, int nodes, Path folder, List<Cell> cells) {
    /** Copies the cells. */
    Plan {
        cells = List.copyOf(cells);
    }

    /** How many hits of each phase a run must show: one for every six minutes. */
    int leastHits() {
        return (int) (length.toSeconds() / 360);
    }
}
