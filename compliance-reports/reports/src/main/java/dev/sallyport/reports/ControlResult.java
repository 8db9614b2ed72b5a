package dev.sallyport.reports;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the ledger shows of a control.
 *
 * @param control the control
 * @param outcome the result
 * @param reason why it is not applicable, not tested or a gap; null when it was tested
 * @param population the events that the test looked at; 0 where nothing was tested
 * @param exceptions how many of them it found wanting
 * @param exceptionRecords the ids of the first records among these, at most {@value ControlTally#MOST_EXAMPLES}
 * @param counts what was counted besides
 */
public record ControlResult(
        Control control,
        Outcome outcome,
        @Nullable String reason,
        long population,
        long exceptions,
        List<String> exceptionRecords,
        List<CountResult> counts) {
    /** Copies the lists. */
    public ControlResult {
        exceptionRecords = List.copyOf(exceptionRecords);
        counts = List.copyOf(counts);
    }

    /** Whether the catalogue has a test for the control, even if there was nothing to look at. */
    public boolean tested() {
        return control.evidence() instanceof Evidence.Test;
    }
}
