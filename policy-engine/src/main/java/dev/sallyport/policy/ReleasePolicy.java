package dev.sallyport.policy;

/** The third question, asked where the model runs: may these shaped outputs leave? */
@SuppressWarnings("DoNotCallSuggester")
public final class ReleasePolicy {
    private ReleasePolicy() {}

    /**
     * Decides on shaped outputs.
     *
     * @param obligations what the call was admitted under
     * @param facts the outputs as they will leave
     * @return permit, or a denial by the first condition that does not hold for every row
     */
    public static Decision decide(Obligations obligations, ReleaseFacts facts) {
        throw new UnsupportedOperationException("decide " + obligations + facts);
    }
}
