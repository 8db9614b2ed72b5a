package dev.sallyport.torture;

import java.util.List;
import java.util.Optional;

/**
 * Where a hit fell, as a server's own trace tells it.
 *
 * @param phase the phase that the trace shows
 * @param kind how it shows it
 * @param words the events that do, for a reader
 */
record Evidence(Phase phase, Kind kind, String words) {
    /** How a trace shows it, from the strongest. */
    enum Kind {
        /** The server's trace ends there: the process was killed. */
        ENDED,
        /** The server's next word on that flush is that its connection had broken. */
        BROKE,
        /** The flush was in that state when the process was paused, and in no other when it went on. */
        PAUSED,
        /** The trace stood there when the signal was sent, and nothing was cut short. */
        STOOD
    }

    /**
     * Whether a hit with this evidence counts for its phase: something was cut short or held up there; and in COMMIT
     * nothing less than its answer never having come.
     */
    boolean counts() {
        return kind != Kind.STOOD && (kind != Kind.PAUSED || phase != Phase.IN_COMMIT);
    }

    /**
     * What a trace shows of a hit.
     *
     * @param events the node's events, from before the hit until it had its consequences
     * @param sent how many of them had come when the signal was sent
     * @param felt how many of them had come when its effect was seen
     * @param resumed how many of them had come when a pause ended; below 0 where the hit was none
     * @param ended whether the node's process was killed by it
     * @return empty where the trace shows nothing
     */
    static Optional<Evidence> of(List<TraceEvent> events, int sent, int felt, int resumed, boolean ended) {
        if (ended) {
            return last(events, events.size()).flatMap(state -> at(state, Kind.ENDED, state + ", then the end"));
        }
        for (int i = sent; i < events.size(); i++) {
            TraceEvent event = events.get(i);
            if (event.name().equals("unknown")) {
                return Optional.of(new Evidence(Phase.IN_COMMIT, Kind.BROKE, "commit " + event.flush() + ", " + event));
            }
            if (event.name().equals("not-written")) {
                return broken(events, sent, i);
            }
            if (i >= felt && event.isFlush() && !event.name().equals("begin")) {
                break;
            }
        }
        Optional<TraceEvent> state = last(events, resumed < 0 ? sent : felt);
        if (resumed >= 0 && isHeld(events, felt, resumed)) {
            return state.flatMap(held -> at(held, Kind.PAUSED, held + ", a pause, " + next(events, resumed)));
        }
        return state.flatMap(stood -> at(stood, Kind.STOOD, stood + " when it was sent"));
    }

    /** Whether nothing went on during a pause. */
    private static boolean isHeld(List<TraceEvent> events, int felt, int resumed) {
        return events.subList(felt, resumed).stream().noneMatch(TraceEvent::isFlush);
    }

    /** A flush that was not written had begun before the signal, or began after it on a dead connection. */
    private static Optional<Evidence> broken(List<TraceEvent> events, int sent, int broken) {
        long flush = events.get(broken).flush();
        for (int i = broken - 1; i >= 0; i--) {
            TraceEvent event = events.get(i);
            if (event.name().equals("begin") && event.flush() == flush && i < sent) {
                return Optional.of(new Evidence(Phase.BEFORE_COMMIT, Kind.BROKE, event + ", " + events.get(broken)));
            }
        }
        return last(events, sent)
                .filter(state -> state.name().equals("committed"))
                .map(state -> new Evidence(
                        Phase.AFTER_COMMIT, Kind.BROKE, state + ", then " + events.get(broken) + " on the connection"));
    }

    private static Optional<Evidence> at(TraceEvent state, Kind kind, String words) {
        return switch (state.name()) {
            case "begin" -> Optional.of(new Evidence(Phase.BEFORE_COMMIT, kind, words));
            case "commit" -> Optional.of(new Evidence(Phase.IN_COMMIT, kind, words));
            case "committed", "committed-before" -> Optional.of(new Evidence(Phase.AFTER_COMMIT, kind, words));
            default -> Optional.empty();
        };
    }

    private static Optional<TraceEvent> last(List<TraceEvent> events, int count) {
        return events.subList(0, Math.min(count, events.size())).stream()
                .filter(TraceEvent::isFlush)
                .reduce((first, second) -> second);
    }

    private static String next(List<TraceEvent> events, int from) {
        return events.subList(from, events.size()).stream()
                .filter(TraceEvent::isFlush)
                .findFirst()
                .map(TraceEvent::toString)
                .orElse("nothing");
    }
}
