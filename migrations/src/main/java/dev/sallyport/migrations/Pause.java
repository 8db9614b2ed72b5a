package dev.sallyport.migrations;

/** A wait for another process, which nothing announces. */
final class Pause {
    private Pause() {}

    /** @throws DatabaseException if the thread is interrupted, which stays flagged */
    static void millis(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new DatabaseException("interrupted while waiting for PostgreSQL", interrupted);
        }
    }
}
