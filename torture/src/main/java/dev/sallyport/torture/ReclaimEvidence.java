package dev.sallyport.torture;

import dev.sallyport.torture.Evidence.Kind;
import java.util.List;
import java.util.Optional;

/** Whether a hit fell while a node took back what another held, as the trace of the one that took it tells. */
final class ReclaimEvidence {
    private ReclaimEvidence() {}

    /**
     * What a trace shows of a hit.
     *
     * @param events the node's events, from before the other was paused until the hit had its consequences
     * @param sent how many of them had come when the signal was sent
     * @param resumed how many of them had come when a pause ended; below 0 where the hit was none
     * @param ended whether the node's process was killed by it
     * @return empty where the node took nothing back at that time
     */
    static Optional<Evidence> of(List<TraceEvent> events, int sent, int resumed, boolean ended) {
        Optional<TraceEvent> before = last(events.subList(0, Math.min(sent, events.size())));
        Optional<TraceEvent> next = first(events.subList(Math.min(sent, events.size()), events.size()));
        if (before.isEmpty()) {
            return Optional.empty();
        }
        if (before.get().name().equals("reclaimed")) {
            return resumed < 0
                    ? Optional.empty()
                    : Optional.of(found(Kind.PAUSED, "reclaimed while the other was paused"));
        }
        if (ended && next.isEmpty()) {
            return Optional.of(found(Kind.ENDED, "reclaim, then the end"));
        }
        if (next.isEmpty() || next.get().name().equals("reclaim")) {
            return Optional.of(found(
                    Kind.BROKE,
                    "reclaim, and no reclaimed"
                            + next.map(again -> ", then " + again).orElse("")));
        }
        boolean held = resumed >= 0 && events.subList(sent, resumed).stream().noneMatch(ReclaimEvidence::isReclaim);
        return Optional.of(found(held ? Kind.PAUSED : Kind.STOOD, "reclaim when it was sent, then " + next.get()));
    }

    private static Evidence found(Kind kind, String words) {
        return new Evidence(Phase.LEASE_RECLAIM, kind, words);
    }

    private static boolean isReclaim(TraceEvent event) {
        return event.name().equals("reclaim") || event.name().equals("reclaimed");
    }

    private static Optional<TraceEvent> last(List<TraceEvent> events) {
        return events.stream().filter(ReclaimEvidence::isReclaim).reduce((first, second) -> second);
    }

    private static Optional<TraceEvent> first(List<TraceEvent> events) {
        return events.stream().filter(ReclaimEvidence::isReclaim).findFirst();
    }
}
