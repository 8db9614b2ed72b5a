package dev.sallyport.policy.detection;

import java.util.List;

/** One type's way of finding itself in a text, in time linear in the text. Thread-safe. */
interface Search {
    /**
     * Appends what it finds.
     *
     * @param text the text to read
     * @param findings where findings go, from left to right, not overlapping one another
     */
    void search(NormalisedText text, List<Finding> findings);
}
