package dev.sallyport.api.operations;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The values of a label, of which only so many become series: those that come later are told as one. Thread-safe. */
final class BoundedLabel {
    /** Stands for every value beyond the limit. */
    static final String OTHER = "other";

    private final int limit;
    private final Set<String> told = ConcurrentHashMap.newKeySet();

    /** @param limit how many values are told apart, at least 1 */
    BoundedLabel(int limit) {
        this.limit = limit;
    }

    String of(String value) {
        return told.contains(value) || admitted(value) ? value : OTHER;
    }

    private synchronized boolean admitted(String value) {
        return told.size() < limit && told.add(value);
    }
}
