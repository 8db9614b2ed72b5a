package dev.sallyport.reports;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** How the ledger shows a control. */
public sealed interface Evidence {
    /**
     * What is counted besides, to be read by people.
     *
     * @return the counts, in the catalogue's order
     */
    List<Count> counts();

    /**
     * A test with an answer.
     *
     * @param claim what is shown when no exception is found, one sentence
     * @param limits what the test does not show; null when it shows the whole control
     * @param applies when no decision of the period passes this filter, the control does not arise; null when it
     *     always does
     * @param otherwise why the control does not arise then; null exactly when {@code applies} is
     * @param population the records that are looked at
     * @param exceptions a record of the population that passes any of these is an exception; not empty
     * @param counts what is counted besides
     */
    record Test(
            String claim,
            @Nullable String limits,
            @Nullable Filter applies,
            @Nullable String otherwise,
            Filter population,
            List<Filter> exceptions,
            List<Count> counts)
            implements Evidence {
        /** @throws IllegalArgumentException if there is no exception to look for, or half a condition to apply */
        public Test {
            if (exceptions.isEmpty() || (applies == null) != (otherwise == null)) {
                throw new IllegalArgumentException("a test looks for exceptions, and says why it does not apply");
            }
            exceptions = List.copyOf(exceptions);
            counts = List.copyOf(counts);
        }
    }

    /**
     * No test: the outcome is known beforehand.
     *
     * @param outcome {@link Outcome#NOT_TESTED}, {@link Outcome#GAP} or {@link Outcome#NOT_APPLICABLE}
     * @param reason why, one sentence or two
     * @param counts what is counted besides
     */
    record Untested(Outcome outcome, String reason, List<Count> counts) implements Evidence {
        /** @throws IllegalArgumentException if the outcome is one that only a test can give */
        public Untested {
            if (outcome == Outcome.SATISFIED || outcome == Outcome.NOT_SATISFIED) {
                throw new IllegalArgumentException("only a test can find a control satisfied or not");
            }
            counts = List.copyOf(counts);
        }
    }
}
