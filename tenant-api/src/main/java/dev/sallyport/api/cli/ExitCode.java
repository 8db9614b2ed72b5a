package dev.sallyport.api.cli;

/** What the command line's exit codes mean. */
public final class ExitCode {
    /** It did what was asked. */
    public static final int GOOD = 0;

    /** It ran, and the thing that it checked is bad. */
    public static final int BAD = 1;

    /** It was called wrongly. */
    public static final int USAGE = 2;

    /** It could not run. */
    public static final int COULD_NOT_RUN = 3;

    private ExitCode() {}
}
