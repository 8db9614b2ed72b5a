package dev.sallyport.torture;

import io.vertx.core.json.JsonObject;

/**
 * A line of a server's trace of its flushes.
 *
 * @param at when, microseconds since the epoch by the machine's clock
 * @param generation the node's generation
 * @param name what happened: {@code begin}, {@code commit}, {@code committed}, …
 * @param flush the flush's number, 0 where it is about none
 * @param reason the SQLSTATE of a failure, empty where there is none
 */
record TraceEvent(long at, long generation, String name, long flush, String reason) {
    static TraceEvent parse(String line) {
        JsonObject json = new JsonObject(line);
        return new TraceEvent(
                json.getLong("at"),
                json.getLong("generation"),
                json.getString("event"),
                json.getLong("flush", 0L),
                json.getString("reason", ""));
    }

    /** Whether it is about the state of a flush. */
    boolean isFlush() {
        return switch (name) {
            case "begin", "commit", "committed", "unknown", "committed-before", "not-written", "moved", "retired" ->
                true;
            default -> false;
        };
    }

    @Override
    public String toString() {
        return name + (flush == 0 ? "" : " " + flush) + (reason.isEmpty() ? "" : " (" + reason + ")");
    }
}
