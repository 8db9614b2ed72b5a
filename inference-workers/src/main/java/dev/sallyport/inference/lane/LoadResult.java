package dev.sallyport.inference.lane;

/** Whether a model version is ready to run. */
public sealed interface LoadResult {
    /** It is loaded. */
    record Ready() implements LoadResult {}

    /**
     * It is not.
     *
     * @param sentence why, for an administrator
     */
    record NotReady(String sentence) implements LoadResult {}
}
