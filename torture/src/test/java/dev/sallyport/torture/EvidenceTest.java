package dev.sallyport.torture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.torture.Evidence.Kind;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class EvidenceTest {
    private static final int NO_PAUSE = -1;

    @Test
    void processKilled_traceEndsAtCommit_isInCommit() {
        List<TraceEvent> events = events("begin 1", "commit 1", "committed 1", "begin 2", "commit 2");
        assertThat(Evidence.of(events, 4, 5, NO_PAUSE, true))
                .hasValueSatisfying(found -> assertFound(found, Phase.IN_COMMIT, Kind.ENDED, true));
    }

    @Test
    void processKilled_traceEndsWithAnOutcome_isAfterCommit() {
        assertThat(Evidence.of(events("begin 1", "commit 1", "committed 1"), 3, 3, NO_PAUSE, true))
                .hasValueSatisfying(found -> assertFound(found, Phase.AFTER_COMMIT, Kind.ENDED, true));
    }

    @Test
    void backendKilled_outcomeUnknown_isInCommit() {
        assertThat(Evidence.of(events("begin 7", "commit 7", "unknown 7", "begin 7"), 2, 2, NO_PAUSE, false))
                .hasValueSatisfying(found -> assertFound(found, Phase.IN_COMMIT, Kind.BROKE, true));
    }

    @Test
    void backendKilled_flushBegunBefore_isBeforeCommit() {
        assertThat(Evidence.of(events("committed 6", "begin 7", "not-written 7"), 2, 2, NO_PAUSE, false))
                .hasValueSatisfying(found -> assertFound(found, Phase.BEFORE_COMMIT, Kind.BROKE, true));
    }

    @Test
    void backendKilled_nextFlushFindsItDead_isAfterCommit() {
        assertThat(Evidence.of(events("commit 6", "committed 6", "begin 7", "not-written 7"), 2, 2, NO_PAUSE, false))
                .hasValueSatisfying(found -> assertFound(found, Phase.AFTER_COMMIT, Kind.BROKE, true));
    }

    /** Whether it was committing or had begun the next when it was cut short, this trace does not tell. */
    @Test
    void backendKilled_flushesOverlapTheSignal_isNoEvidence() {
        List<TraceEvent> events = events("begin 6", "commit 6", "committed 6", "begin 7", "not-written 7");
        assertThat(Evidence.of(events, 2, 4, NO_PAUSE, false)).isEmpty();
    }

    @Test
    void anotherBackendKilled_flushGoesOn_countsNowhere() {
        assertThat(Evidence.of(events("begin 6", "commit 6", "committed 6", "begin 7"), 2, 2, NO_PAUSE, false))
                .hasValueSatisfying(found -> assertFound(found, Phase.IN_COMMIT, Kind.STOOD, false));
    }

    @Test
    void paused_beforeCommit_countsAndInCommitDoesNot() {
        assertThat(Evidence.of(events("begin 6", "commit 6", "committed 6"), 1, 1, 1, false))
                .hasValueSatisfying(found -> assertFound(found, Phase.BEFORE_COMMIT, Kind.PAUSED, true));
        assertThat(Evidence.of(events("begin 6", "commit 6", "committed 6"), 2, 2, 2, false))
                .hasValueSatisfying(found -> assertFound(found, Phase.IN_COMMIT, Kind.PAUSED, false));
    }

    @Test
    void paused_untilTheConnectionWasGivenUp_isInCommit() {
        assertThat(Evidence.of(events("begin 6", "commit 6", "unknown 6", "begin 6"), 2, 2, 4, false))
                .hasValueSatisfying(found -> assertFound(found, Phase.IN_COMMIT, Kind.BROKE, true));
    }

    @Test
    void paused_whileFlushesWentOn_countsNowhere() {
        assertThat(Evidence.of(events("begin 6", "commit 6", "committed 6", "begin 7", "commit 7"), 1, 1, 4, false))
                .hasValueSatisfying(found -> assertFound(found, Phase.BEFORE_COMMIT, Kind.STOOD, false));
    }

    private static void assertFound(Evidence found, Phase phase, Kind kind, boolean counts) {
        assertThat(found.phase()).isEqualTo(phase);
        assertThat(found.kind()).isEqualTo(kind);
        assertThat(found.counts()).isEqualTo(counts);
    }

    private static List<TraceEvent> events(String... words) {
        List<TraceEvent> events = new ArrayList<>();
        for (String word : words) {
            String[] parts = word.split(" ", 2);
            events.add(new TraceEvent(events.size(), 1, parts[0], Long.parseLong(parts[1]), ""));
        }
        return events;
    }
}
