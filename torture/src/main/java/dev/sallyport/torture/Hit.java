package dev.sallyport.torture;

import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;

/**
 * One hit and what came of it.
 *
 * @param number from 1
 * @param cell what was aimed at
 * @param node the server that was hit, or whose PostgreSQL was
 * @param way how the moment was found, in a word or two
 * @param atMicros when the signal was sent, microseconds since the epoch
 * @param evidence what the traces show; null where they show nothing
 * @param recoveredMillis how long it took until every server answered again
 */
record Hit(
        int number,
        Cell cell,
        String node,
        String way,
        long atMicros,
        @Nullable Evidence evidence,
        long recoveredMillis) {

    /** The cell in which it counts: where the evidence puts it; null where it counts nowhere. */
    @Nullable
    Cell counted() {
        return evidence == null || !evidence.counts() ? null : new Cell(cell.target(), cell.signal(), evidence.phase());
    }

    JsonObject json() {
        JsonObject json = new JsonObject()
                .put("number", number)
                .put("aimed", cell.toString())
                .put("node", node)
                .put("way", way)
                .put("atMicros", atMicros)
                .put("recoveredMillis", recoveredMillis);
        if (evidence != null) {
            json.put("phase", Cell.name(evidence.phase()))
                    .put("evidence", Cell.name(evidence.kind()))
                    .put("trace", evidence.words());
        }
        return json;
    }

    @Override
    public String toString() {
        return "hit %d: %s at %s (%s): %s; service again after %d ms"
                .formatted(
                        number,
                        cell,
                        node,
                        way,
                        evidence == null
                                ? "no evidence"
                                : Cell.name(evidence.phase()) + ", " + Cell.name(evidence.kind()) + " ("
                                        + evidence.words() + ")",
                        recoveredMillis);
    }
}
