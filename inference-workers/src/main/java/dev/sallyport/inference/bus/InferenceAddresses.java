package dev.sallyport.inference.bus;

/** The event-bus addresses that the workers own. */
public final class InferenceAddresses {
    /** Takes a {@link dev.sallyport.inference.Job}, answers a {@link dev.sallyport.inference.Reply}. */
    public static final String JOBS = "sallyport.inference.jobs";

    /** Takes a {@link LoadRequest}, answers a {@link dev.sallyport.inference.lane.LoadResult}. */
    public static final String LOAD = "sallyport.inference.load";

    private InferenceAddresses() {}
}
