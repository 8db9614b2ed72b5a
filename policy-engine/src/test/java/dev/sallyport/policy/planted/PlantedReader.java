package dev.sallyport.policy.planted;

import java.io.File;

/** Breaks the rule that the engine reads nothing, so that a test can see the rule catch it. */
public final class PlantedReader {
    private PlantedReader() {}

    /** Reads the clock of a file, which a policy must never do. */
    public static long readAFile() {
        return new File(".").lastModified();
    }
}
